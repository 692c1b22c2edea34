import { type AnswerOf, formatFen, useSpeech } from '../../kit/door.ts'

type Verified = Extract<AnswerOf<'POST /certificates/verification'>, { paper: unknown }>
type Value = Verified['paper']['facts'][number]['value']

/** What a certificate says, as it was signed. */
export function CertificatePaper({ paper }: { paper: Verified['paper'] }) {
  const { say, day } = useSpeech()
  const shown = (value: Value) => {
    if (typeof value === 'string') return value
    if ('amountFen' in value) return formatFen(value.amountFen)
    return 'on' in value ? day(value.on) : say(value)
  }
  return (
    <article className="resident-paper">
      <h3>{say(paper.title)}</h3>
      <dl className="kit-facts">
        <dt>{paper.holder.name}</dt>
        <dd>{paper.holder.number}</dd>
        {paper.facts.map(({ label, value }) => (
          <Fact key={label.zh} label={say(label)} value={shown(value)} />
        ))}
      </dl>
      {paper.sentences.map((sentence) => (
        <p key={sentence.zh}>{say(sentence)}</p>
      ))}
      {paper.tables.map(({ title, columns, rows }) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key scrolls the table (WCAG 2.1.1)
        <section key={title.zh} className="resident-table" aria-label={say(title)} tabIndex={0}>
          <table>
            <caption>{say(title)}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.zh} scope="col">
                    {say(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={JSON.stringify(row)}>
                  {row.map((value, place) => (
                    <td key={columns[place]?.zh} data-label={say(columns[place] ?? { zh: '', en: '' })}>
                      {shown(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
      {paper.notes.map((note) => (
        <p key={note.zh} className="kit-quiet">
          {say(note)}
        </p>
      ))}
      <p>
        <strong>{say(paper.issuer)}</strong>
      </p>
    </article>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}
