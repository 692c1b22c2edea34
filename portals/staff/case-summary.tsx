import { type CaseRow, RegionName, type Speech, type Teller, useSpeech, useTeller } from '../../kit/door.ts'

/** The small facts of a case in a list, in words: classes and kinds by their names, regions by theirs, amounts in yuan; numbers say what of. */
export function CaseSummary({ row }: { row: CaseRow }) {
  const speech = useSpeech()
  const teller = useTeller(row.service)
  const entries = Object.entries(row.summary).filter(([, value]) => value !== null && value !== '')
  return (
    <span className="staff-summary">
      {row.personNameMasked && <span>{row.personNameMasked}</span>}
      {entries.map(([name, value]) => {
        const label = teller.find(`summary.${name}`) ?? teller.find(`facts.${name}`)
        return (
          <span key={name} title={label}>
            {label && typeof value === 'number' ? `${label} ` : ''}
            {name.endsWith('Region') ? <RegionName code={String(value)} /> : valueInWords(name, value, teller, speech)}
          </span>
        )
      })}
    </span>
  )
}

type SummaryValue = CaseRow['summary'][string]

function valueInWords(name: string, value: SummaryValue, { find }: Teller, { yuan, day }: Speech): string {
  if (name.endsWith('Fen') && typeof value === 'number') return yuan(value)
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return day(value)
  return find(`choices.${value}`) ?? String(value)
}
