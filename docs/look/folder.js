// Opened from a folder, a page may start no worker: its search then runs in a hidden frame, and nothing is fetched.

if (location.protocol === "file:") {
  window.Worker = window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      window.searcher = this;
      const answer = "self.postMessage = (data) => parent.searcher.dispatchEvent(new MessageEvent('message', { data }));";
      const frame = Object.assign(document.createElement("iframe"), { hidden: true });
      frame.srcdoc = `<script>${answer}<\/script><script src="${new URL(url, location.href)}"><\/script>`;
      this.ready = new Promise((done) => frame.addEventListener("load", () => done(frame.contentWindow)));
      document.body.append(frame);
    }
    async postMessage(data) {
      const inside = await this.ready;
      inside.dispatchEvent(new inside.MessageEvent("message", { data }));
    }
  };
}
