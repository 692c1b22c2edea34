import { type CaseRow, useRegionName, useSpeech, useTeller } from '../../kit/door.ts'

/** The small facts of a case in a list, in words: classes and kinds by their names, regions by theirs, amounts in yuan; numbers say what of. */
export function CaseSummary({ row }: { row: CaseRow }) {
  const entries = Object.entries(row.summary).filter(([, value]) => value !== null && value !== '')
  return (
    <span className="staff-summary">
      {entries.map(([name, value]) => (
        <SummaryValue key={name} service={row.service} name={name} value={value} />
      ))}
    </span>
  )
}

type SummaryValueProps = { service: string; name: string; value: string | number | boolean | null }

function SummaryValue({ service, name, value }: SummaryValueProps) {
  const { day, yuan } = useSpeech()
  const { find } = useTeller(service)
  const isRegion = name.endsWith('Region')
  const regionName = useRegionName(isRegion ? String(value) : '')
  const label = find(`summary.${name}`) ?? find(`facts.${name}`)
  const text = () => {
    if (isRegion) return regionName
    if (name.endsWith('Fen') && typeof value === 'number') return yuan(value)
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return day(value)
    return find(`choices.${value}`) ?? String(value)
  }
  return (
    <span title={label}>
      {label && typeof value === 'number' ? `${label} ` : ''}
      {text()}
    </span>
  )
}
