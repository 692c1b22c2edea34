import { type ComponentType, type FunctionComponent, use } from 'react'

/** What could not be fetched, each to be forgotten, so that it is fetched anew when it is wanted again. */
const failed = new Set<() => void>()

/** Fetches something once, when it is first wanted; a failure is kept as well, until `forgetFailures`. */
export function fetchedOnce<Found>(load: () => Promise<Found>): () => Promise<Found> {
  let fetching: Promise<Found> | undefined
  return () => {
    fetching ??= load().catch((error: unknown) => {
      failed.add(() => {
        fetching = undefined
      })
      throw error
    })
    return fetching
  }
}

/** A component whose code is fetched when it is first shown; stands within `Later`. */
export function fetchedPart<Props extends object>(load: () => Promise<ComponentType<Props>>): FunctionComponent<Props> {
  const once = fetchedOnce(load)
  return function Fetched(props: Props) {
    const Part = use(once())
    return <Part {...props} />
  }
}

/** What could not be fetched is fetched anew when it is wanted next. */
export function forgetFailures(): void {
  for (const forget of failed) forget()
  failed.clear()
}

/** The script that a page begins with, as its text names it; its name changes with every build. */
export function entryOf(html: string): string | undefined {
  return /<script[^>]*\ssrc="([^"]*\/assets\/[^"]+)"/.exec(html)?.[1]
}

/** What one can begin with who could not fetch a part: the product was renewed meanwhile (`entry`: its new beginning), or is as it was, or away. */
export async function lookForRenewal(): Promise<{ is: 'renewed'; entry: string } | { is: 'same' } | { is: 'away' }> {
  try {
    const answer = await fetch(window.location.pathname, { cache: 'no-store', headers: { accept: 'text/html' } })
    const entry = answer.ok ? entryOf(await answer.text()) : undefined
    if (entry === undefined) return { is: 'away' }
    const isOurs = [...document.scripts].some(({ src }) => src.endsWith(entry.replace(/^\./, '')))
    return isOurs ? { is: 'same' } : { is: 'renewed', entry }
  } catch {
    return { is: 'away' }
  }
}
