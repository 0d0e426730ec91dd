// Keeps every file of the page, so that it opens without a network. The build fills in which files and which version.
//
// Files come from what is kept, all of one version; a new version is kept beside the old one and takes over when the
// last page of the old one has been closed. Nothing else is kept, and nothing is ever sent.

const PREFIX = "chanscope ";
const KEPT = PREFIX + __VERSION__;
const FILES = __FILES__;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(KEPT).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith(PREFIX) && name !== KEPT).map((name) => caches.delete(name)),
        ),
      ),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || !url.href.startsWith(self.registration.scope)) return;
  event.respondWith(
    caches
      .open(KEPT)
      .then((cache) => cache.match(request, { ignoreSearch: request.mode === "navigate" }))
      .then((kept) => kept ?? fetch(request)),
  );
});
