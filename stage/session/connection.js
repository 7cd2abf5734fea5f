// What Streamlit's page knows of the server: whether the websocket stands, and whether the script of this
// session runs. It is read from attributes that Streamlit sets for its own tests; a browser test holds the
// pinned version to them. Where they are missing, the server counts as connected and idle.

const CONNECTED = "data-test-connection-state";
const SCRIPT = "data-test-script-state";

export class Connection {
  /**
   * `reconnected()` is called when the websocket stands again after it broke.
   * @param {() => void} reconnected
   */
  constructor(reconnected) {
    this.reconnected = reconnected;
    /** @type {Element | null} */
    this.app = null;
  }

  /** Streamlit has started; whoever is told so again has found it. */
  find() {
    if (this.app) return;
    this.app = document.querySelector(`[${CONNECTED}]`);
    if (!this.app) return;
    let before = this.connected;
    const watch = new MutationObserver(() => {
      const again = this.connected && !before;
      before = this.connected;
      if (again) this.reconnected();
    });
    watch.observe(this.app, { attributes: true, attributeFilter: [CONNECTED] });
  }

  get connected() {
    return (this.app?.getAttribute(CONNECTED) ?? "CONNECTED") === "CONNECTED";
  }

  /** Whether the server works for this session: it has begun, and not said that it has finished. */
  get running() {
    return ["running", "rerunRequested", "stopRequested"].includes(this.app?.getAttribute(SCRIPT) ?? "");
  }
}
