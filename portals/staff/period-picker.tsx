import { Input } from 'antd'
import { useState } from 'react'
import { defineWords, useSignedIn, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
})

/** Two business dates, both included. */
export type Period = { from: string; to: string }

/** A period to look at; at first the present year up to today. */
export function usePeriod(first?: Partial<Period>): [Period, (period: Period) => void] {
  const { today } = useSignedIn()
  return useState<Period>({ from: first?.from ?? `${today.slice(0, 4)}-01-01`, to: first?.to ?? today })
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
