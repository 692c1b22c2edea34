import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching'

/**
 * The service worker of the staff's pages: keeps their files on the device, so that they open without a connection. It keeps no answer of a node and
 * sends nothing; both is done by the pages, which know who is signed in (`kit/offline`). `self.pageFiles` is written by the build.
 */
declare const pageFiles: Array<{ url: string; revision: string | null }>

/** What this needs of the browser's event, whose own type is of another library than the pages'. */
type PageRequest = Event & { request: Request; respondWith(answer: Promise<Response>): void }

const isRequest = (event: Event): event is PageRequest => 'respondWith' in event && 'request' in event

// A page by its address: fresh where there is a connection, so that a new version shows at once.
self.addEventListener('fetch', (event) => {
  if (isRequest(event) && event.request.mode === 'navigate') event.respondWith(freshOrKept(event.request))
})

cleanupOutdatedCaches()
precacheAndRoute(pageFiles)

/** How long a page is waited for where it is kept as well. */
const patienceMs = 4_000

async function freshOrKept(request: Request): Promise<Response> {
  const kept = async () => (await matchPrecache('/index.html')) ?? Response.error()
  const late = new Promise<Response>((resolve) => {
    setTimeout(() => resolve(kept()), patienceMs)
  })
  try {
    const fresh = fetch(request).then((answer) => (answer.status < 500 ? answer : kept()))
    return await Promise.race([fresh, late])
  } catch {
    return kept()
  }
}
