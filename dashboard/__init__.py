"""The page is a projector: the server makes the film of a run, the browser plays it, and nothing here does mathematics.

How to plug in. `serve.py` starts it all (`comity dashboard`); it makes this folder importable as the package
`dashboard`, from a checkout as from a wheel: files here import one another as `from dashboard.session import Session`.

- **The browser's store** is `public/stage.js`: one instance a page, also at `window.comity` (a promise). Everything
  that draws imports it (`import { stage } from "../stage.js"`, a Vue component: `const stage = await window.comity`)
  and listens (`stage.on("film", f)`). `stage.send(name, payload)` reaches `Session.receive` of the same user.
- **A picture** is a module in `public/pictures/` listed in `pictures/index.js` (an array as its default export);
  `components/pictures.vue` mounts each of them in a card.
- **A component** is a file in `components/`, declared in `app.py` or beside it with `solara.component_vue`. It may have
  properties of its own, or live from `stage` alone. The slots of the right column are `SIDE`, those below the pictures
  `BELOW`, in `slots.py`: a slot is a Solara component that takes the `Session`.
- **A server-side answer** to a message: `session.answers["name"] = function(payload)`; whatever it changes is told by
  `session.tell()`. What is long goes through `session.later(...)` (a shared, bounded pool), never on the socket's
  thread.
- **A page of its own** is a route in `app.py`.

Nothing mutable stands at module level: all users share it.
"""
