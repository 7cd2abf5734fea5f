"""What a reader may have meant: the same formula in the spelling that is read.

Only spellings are changed, never a meaning guessed: where two readings are near (x2, sin 2x), there is
no suggestion. Whether the result is a formula is for the caller to check.
"""

import re
import unicodedata

from landscapes.formula.operations import CONSTANTS, FUNCTIONS, VARIABLES

LETTERS = (*VARIABLES, *CONSTANTS)

LIKE = {
    **dict.fromkeys("−‐‑‒–—﹣－", "-"),
    **dict.fromkeys("×·⋅∙•∗✕✖⨯", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("хХ", "x"),  # Cyrillic
    **dict.fromkeys("уУ", "y"),
    **dict.fromkeys("еЕ", "e"),
    **dict.fromkeys("π𝜋𝝅", " pi "),
    **dict.fromkeys("[{", "("),
    **dict.fromkeys("]}", ")"),
    "√": " sqrt",
    "^": "**",
}
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
EXPONENT = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
LEFT_SIDE = re.compile(r"\A\s*[A-Za-z]\w*\s*(?:\([\s\w,]*\)\s*)?=(?!=)", re.ASCII)
BARS = re.compile(r"\|([^|]*)\|")
NUMBER = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
TOKEN = re.compile(rf"({NUMBER})|([A-Za-z][A-Za-z0-9]*)|(\*\*|[-+*/(),])|(\s+)|(.)", re.ASCII | re.DOTALL)
RUN_OF_LETTERS = re.compile(rf"(?:{'|'.join(LETTERS)})+")


def suggested(text: str) -> str:
    """Return `text` as it should have been written, "" if no way to write it so is known."""
    tokens = _tokens(_in_ascii(text))
    if not tokens:
        return ""
    for correct in (_split_names, _decimal_points, _powers_of_functions, _call_brackets, _times, _close):
        tokens = correct(tokens)
    return _joined(tokens)


def _joined(tokens: list[str]) -> str:
    """Return the text of `tokens`, a space only between two that would become one."""
    text = ""
    for token in tokens:
        both = text[-1:] + token[0]
        text += f" {token}" if both == "**" or re.fullmatch(r"[\w.]{2}", both, re.ASCII) else token
    return text


def _in_ascii(text: str) -> str:
    """Return `text` in characters of a plain keyboard, as far as they have one meaning."""
    text = EXPONENT.sub(lambda run: f"**{run[0].translate(RAISED)} ", text)
    text = "".join(map(_plain, text))
    text = LEFT_SIDE.sub("", text, count=1)
    text = BARS.sub(r" abs(\1)", text)
    return re.sub(r"(?<=[0-9])_(?=[0-9])", "", text)


def _plain(c: str) -> str:
    """Return what stands for `c`; itself if nothing does."""
    if c in LIKE or c.isascii():
        return LIKE.get(c, c)
    if c.isspace():
        return " "
    if unicodedata.category(c) == "Cf":  # invisible
        return ""
    # Full-width, as Chinese keyboards write, and mathematical alphabets.
    wide = unicodedata.decomposition(c).startswith(("<wide>", "<font>"))
    plain = unicodedata.normalize("NFKC", c) if wide else c
    return LIKE.get(plain, plain)


def _tokens(text: str) -> list[str]:
    """Cut `text` into numbers, names and signs; nothing at all if there is anything else."""
    found = [match for match in TOKEN.finditer(text) if not match[4]]
    return [] if any(match[5] for match in found) else [match[0] for match in found]


def _is_number(token: str) -> bool:
    return token[:1].isdigit() or (token[:1] == "." and len(token) > 1)


def _split_names(tokens: list[str]) -> list[str]:
    """Write names small, and cut xy, xsin(…) and sinx into what they are made of."""
    split: list[str] = []
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        small = token.lower()
        if not token[0].isalpha():
            split.append(token)
        elif small in FUNCTIONS or small in LETTERS:
            split.append(small)
        elif RUN_OF_LETTERS.fullmatch(small):
            split += re.findall("|".join(LETTERS), small)
        else:
            split += _split_function(small, following) or [token]
    return split


def _split_function(name: str, following: str) -> list[str]:
    """Return letters and a function that `name` runs together, nothing if it does not."""
    for function in sorted(FUNCTIONS, key=len, reverse=True):
        letters = name.removesuffix(function)
        if following == "(" and letters != name and RUN_OF_LETTERS.fullmatch(letters):
            return [*re.findall("|".join(LETTERS), letters), function]
        if following not in ("(", "**") and name.removeprefix(function) in VARIABLES:
            return [function, "(", name.removeprefix(function), ")"]
    return []


def _decimal_points(tokens: list[str]) -> list[str]:
    """Write 1,5 as 1.5, except between the arguments of a function that takes two."""
    pointed: list[str] = []
    two: list[bool] = []
    for token in tokens:
        if token == "(":
            function = FUNCTIONS.get(pointed[-1]) if pointed else None
            two.append(function is not None and function.arity == 2)
        elif token == ")" and two:
            two.pop()
        if (
            pointed[-1:] == [","]
            and len(pointed) > 1
            and pointed[-2].isdigit()
            and token[0].isdigit()
            and "." not in token
            and not (two and two[-1])
        ):
            pointed[-2:] = [f"{pointed[-2]}.{token}"]
        else:
            pointed.append(token)
    return pointed


def _powers_of_functions(tokens: list[str]) -> list[str]:
    """Write sin**2(x) as sin(x)**2."""
    for at, token in enumerate(tokens):
        if token in FUNCTIONS and tokens[at + 1 : at + 2] == ["**"] and tokens[at + 3 : at + 4] == ["("]:
            depth = 0
            for end in range(at + 3, len(tokens)):
                depth += (tokens[end] == "(") - (tokens[end] == ")")
                if not depth:
                    moved = [token, *tokens[at + 3 : end + 1], *tokens[at + 1 : at + 3]]
                    return _powers_of_functions(tokens[:at] + moved + tokens[end + 1 :])
    return tokens


def _call_brackets(tokens: list[str]) -> list[str]:
    """Write sin x as sin(x), where nothing follows that might belong to it."""
    called: list[str] = []
    for at, token in enumerate(tokens):
        if called and called[-1] in FUNCTIONS and (token in LETTERS or _is_number(token)):
            after = tokens[at + 1] if at + 1 < len(tokens) else ""
            called += ["(", token, ")"] if after in ("", "+", "-", ")", ",") else [token]
        else:
            called.append(token)
    return called


def _times(tokens: list[str]) -> list[str]:
    """Put a sign between factors that stand side by side; before a number (x 2, (x)2) it may be a power."""
    signed: list[str] = []
    for token in tokens:
        before = signed[-1] if signed else ""
        is_value = before == ")" or before in LETTERS or _is_number(before)
        if is_value and (token == "(" or token[0].isalpha()):
            signed.append("*")
        signed.append(token)
    return signed


def _close(tokens: list[str]) -> list[str]:
    """Close at the end what was opened."""
    return tokens + [")"] * (tokens.count("(") - tokens.count(")"))
