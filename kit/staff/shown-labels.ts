import type { BothLanguages } from '../language.tsx'

/** The labels of the fields that a page shows, by their names: what is refused is told under the name that stands before the field. */
const shown = new Map<string, BothLanguages>()

/** A form says what its fields are called, as long as it is shown. */
export function rememberLabels(fields: ReadonlyArray<{ name: string; label: BothLanguages }>): () => void {
  for (const { name, label } of fields) shown.set(name, label)
  return () => {
    for (const { name, label } of fields) if (shown.get(name) === label) shown.delete(name)
  }
}

/** What the field at a path is called on the page (`body.opinion.issuedOn` is the field `opinion.issuedOn`). */
export function shownLabel(path: string, say: (text: BothLanguages) => string): string | undefined {
  const names = path.replace(/\[\d+\]/g, '').split('.')
  for (let start = 0; start < names.length; start++) {
    const label = shown.get(names.slice(start).join('.'))
    if (label) return say(label)
  }
  return undefined
}
