// Keeps the page itself, so that it opens without connection. Answers of the server are never kept here: what a person writes lies encrypted elsewhere (src/ui/sealed-store.ts).
const kept = 'yinqiao-page-1'
self.addEventListener('install', (event) => event.waitUntil(caches.open(kept).then((cache) => cache.add('/')).then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name)))).then(() => self.clients.claim())))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== location.origin || address.pathname.startsWith('/api/') || address.pathname.endsWith('z')) return
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).then(async (answer) => {
      if (answer.ok) await (await caches.open(kept)).put('/', answer.clone())
      return answer
    }).catch(async () => (await caches.match('/')) ?? Response.error()))
    return
  }
  // built files have their content in their name: what is here is right. The few others (first paint, icon) are asked for anew, and taken from here without connection
  const keep = async (answer) => {
    if (answer.ok) await (await caches.open(kept)).put(request, answer.clone())
    return answer
  }
  event.respondWith(address.pathname.startsWith('/assets/')
    ? caches.match(request).then((found) => found ?? fetch(request).then(keep))
    : fetch(request).then(keep).catch(async () => (await caches.match(request)) ?? Response.error()))
})
