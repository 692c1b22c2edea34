import { type AnswerOf, useTeller } from '../../kit/door.ts'

type Difference = AnswerOf<'GET /documents'>['items'][number]['differences'][number]

/** What was found while a document was read, one line each. */
export function DocumentDifferences({ differences }: { differences: readonly Difference[] }) {
  const { tell } = useTeller()
  return differences.map(({ kind, line, text }) => (
    <div key={`${kind} ${line}`}>{tell(`documents.${kind}`, { line, text })}</div>
  ))
}
