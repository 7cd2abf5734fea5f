"""One term for one thing, in the whole of each language."""

import re

import pytest

from tests.locales.test_texts import SAID

# What may not be written, by what is written in its place.
TERMS = {
    "zh": {
        "海森矩阵": ("黑塞", "海塞", "Hessian", "黑森"),
        "临界点": ("驻点", "平稳点", "稳定点", "关键点"),
        "全局最小值": ("全局极小", "全局最优", "全局最小(?!值)"),
        "平坦最小值": ("(?<!最)平坦的?极小", "最平坦极小", "平坦的最小值", "平坦与尖锐"),
        "尖锐最小值": ("(?<!最)尖锐的?极小", "最尖锐极小", "尖锐的最小值", "尖锐与平坦"),
        "等高线图": ("地图", "等值线", "轮廓图"),
        "图内": ("绘图区域", "绘图区", "画面内"),
        "路径": ("轨迹",),
        "梯度截断": ("裁剪", "剪裁", "梯度剪切"),
        "动量法": ("重球法", "重球动量", "动量算法", "动量方法"),
        "Nesterov 动量法": ("Nesterov 动量(?!法)", "涅斯捷罗夫"),
        "预热": ("热身", "暖启动", "升温"),
        "鞍点": ("马鞍点", "鞍部"),
        "高原": ("平原", "平台区"),
        "吸引域": ("吸引盆", "所在的盆地", "吸收域", "引力域"),
        "常用默认": ("论文默认", "出版默认", "已发表的默认"),
        "实际使用的梯度": ("所见",),
        "环绕数": ("转过的圈数", "卷绕数", "(?<!环)绕数"),
        "学习率": ("学习速率", "学习步长"),
        "小批量": ("小批次", "迷你批"),
        "批量大小": ("批大小", "批次大小", "批尺寸"),
        "随机种子": ("随机数种子",),
        "步长": ("步幅", "步子大小"),
        "起点": ("初始点", "起始点", "出发点"),
        "逃离方向": ("出路",),
        "95%": (r"\d %", r"\} %"),
    },
    "en": {
        "critical point": (r"\bstationary", r"critical-point"),
        "usual defaults": ("published default", "paper’s defaults", "standard default"),
        "against the gradient": ("along the gradient",),
        "randomness": (r"\b[Ll]uck\b",),
        "unstable": (r"\bovershoots\b",),
        "gradient used": ("gradient seen",),
        "next to it": ("from beside",),
        "basin of attraction": ("water",),
        "path": (r"\btraject",),
        "learning rate": ("step size", "stepsize"),
        "mini-batch": (r"\bminibatch", r"mini batch"),
        "winding number": ("gradient turns",),
        "no clear winner": (r"\ba tie\b", "no clear difference"),
        "95%": (r"\d %", r"\} %"),
    },
}


@pytest.mark.parametrize(("language", "term"), [(each, term) for each in TERMS for term in TERMS[each]])
def test_one_term_stands_for_one_thing(language: str, term: str):
    for variant in TERMS[language][term]:
        found = {".".join(key): text for key, text in SAID[language].items() if re.search(variant, text)}
        assert not found, f"Write {term!r} instead of what {variant!r} matches."


def test_the_terms_themselves_are_used():
    """A table that no sentence follows would say nothing."""
    unused = {"zh": {"95%"}, "en": {"95%", "path"}}
    for language, terms in TERMS.items():
        everything = "\n".join(SAID[language].values()).lower()
        for term in terms.keys() - unused[language]:
            assert term.lower() in everything, (language, term)


def test_no_term_is_banned_by_another():
    for language, terms in TERMS.items():
        for variants in terms.values():
            for variant in variants:
                assert not any(re.search(variant, term) for term in terms), (language, variant)
