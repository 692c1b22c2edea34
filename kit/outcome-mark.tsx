import type { Ruling } from './api-types.ts'

const paths = {
  granted: 'M6 12.5l4 4 8-9',
  refused: 'M7 7l10 10M17 7L7 17',
  referred: 'M12 6v7M12 17.2v.3',
}

/** The sign of an outcome; the words beside it say the same. */
export function OutcomeMark({ outcome }: { outcome: Ruling['outcome'] }) {
  return (
    <svg className={`kit-mark kit-mark-${outcome}`} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="11" />
      <path d={paths[outcome]} />
    </svg>
  )
}
