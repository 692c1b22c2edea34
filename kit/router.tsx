import { type AnchorHTMLAttributes, type ComponentType, type MouseEvent, useEffect, useSyncExternalStore } from 'react'

/** The parameters that a pattern names: `/cases/:caseId` has `caseId`. */
export type ParamsOf<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? { [Key in Name]: string } & ParamsOf<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? { [Key in Name]: string }
    : unknown

/** A page and the addresses below its portal where it stands. */
export type Route = { pattern: string; Component: ComponentType<{ params: Record<string, string> }> }

/** A route whose page sees the parameters that its pattern names. */
export function route<Pattern extends string>(
  pattern: Pattern,
  Component: ComponentType<{ params: ParamsOf<Pattern> }>,
): Route {
  return { pattern, Component: Component as Route['Component'] }
}

const portals = ['resident', 'staff', 'workbench'] as const

/** Where an address leads: `/320000/staff/tasks` to the staff's portal of Jiangsu; `/` to the national entrance. */
export function placeOfAddress(pathname: string): {
  region: string | undefined
  portal: (typeof portals)[number]
  base: string
} {
  const [, region, portal] = /^\/(\d{6})(?:\/(resident|staff|workbench))?(?=\/|$)/.exec(pathname) ?? []
  const name = portals.find((each) => each === portal) ?? 'resident'
  return { region, portal: name, base: region === undefined ? '' : `/${region}/${name}` }
}

/** The parameters of a path by a pattern; undefined where it does not fit. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter(Boolean)
  const given = path.split('/').filter(Boolean)
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const found = given[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(found)
    else if (part !== found) return undefined
  }
  return params
}

const moved = 'tongban:moved'

function subscribe(notify: () => void): () => void {
  window.addEventListener('popstate', notify)
  window.addEventListener(moved, notify)
  return () => {
    window.removeEventListener('popstate', notify)
    window.removeEventListener(moved, notify)
  }
}

/** Where the reader is: the path below the portal (`/cases/...`) and the query. */
export function usePlace(): { path: string; query: URLSearchParams } {
  const address = useSyncExternalStore(subscribe, () => window.location.pathname + window.location.search)
  const [pathname = '/', search = ''] = address.split('?')
  const { base } = placeOfAddress(pathname)
  const path = pathname.startsWith(base) ? pathname.slice(base.length) : ''
  return { path: path === '' ? '/' : path, query: new URLSearchParams(search) }
}

/** The address of a path of this portal. */
export function addressOf(path: string): string {
  return placeOfAddress(window.location.pathname).base + path
}

/** Goes to a path of this portal; `replace` leaves no trace for the back button. */
export function go(path: string, { replace = false } = {}): void {
  const address = addressOf(path)
  if (replace) window.history.replaceState(null, '', address)
  else window.history.pushState(null, '', address)
  window.dispatchEvent(new Event(moved))
}

/** A link to a path of this portal: followed without loading the page anew, and still a link to the browser. */
export function Link({ to, ...anchor }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    anchor.onClick?.(event)
    const wantsAnotherWindow = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
    if (event.defaultPrevented || wantsAnotherWindow) return
    event.preventDefault()
    go(to)
  }
  return <a {...anchor} href={addressOf(to)} onClick={follow} />
}

/** Starts at the top, with the focus on the main part, whenever the place changes. */
export function useTopOfPage(place: string | number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what it waits for
  useEffect(() => {
    window.scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [place])
}

/** Shows the page of the first route that fits the address. */
export function Routes({ routes, NotFound }: { routes: readonly Route[]; NotFound: ComponentType }) {
  const { path } = usePlace()
  useTopOfPage(path)
  for (const { pattern, Component } of routes) {
    const params = matchPath(pattern, path)
    if (params) return <Component key={path} params={params} />
  }
  return <NotFound />
}
