import { Input } from 'antd'
import { defineWords, go, usePlace, useSignedIn, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
})

/** Two business dates, both included. */
export type Period = { from: string; to: string }

/** The period to look at, which stands in the address; where it says nothing, the present year up to today. */
export function usePeriod(): [Period, (period: Period) => void] {
  const { today } = useSignedIn()
  const { path, query } = usePlace()
  const dayOf = (end: keyof Period) => {
    const day = query.get(end) ?? ''
    return /^\d{4}-\d\d-\d\d$/.test(day) ? day : undefined
  }
  return [
    { from: dayOf('from') ?? `${today.slice(0, 4)}-01-01`, to: dayOf('to') ?? today },
    (period) => {
      const next = new URLSearchParams(query)
      for (const end of ['from', 'to'] as const) next.set(end, period[end])
      // A date is chosen digit by digit: each would be a step back of its own.
      go(`${path}?${next}`, { replace: true })
    },
  ]
}

/** Chooses a period; a date that is not whole yet changes nothing. */
export function PeriodPicker({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const { say } = useSpeech()
  return (
    <span className="staff-filters">
      {(['from', 'to'] as const).map((end) => (
        <label key={end} htmlFor={`period-${end}`}>
          {say(words[end])}{' '}
          <Input
            id={`period-${end}`}
            type="date"
            className="staff-date-input"
            value={period[end]}
            onChange={({ target }) => target.value && onChange({ ...period, [end]: target.value })}
          />
        </label>
      ))}
    </span>
  )
}
