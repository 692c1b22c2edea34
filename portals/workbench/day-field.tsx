import { useSpeech } from '../../kit/door.ts'
import { words } from './words.ts'

/** The day whose law is tried; another is taken when the field is left or Enter pressed, since a year is typed digit by digit. */
export function DayField({ on, setOn }: { on: string; setOn(on: string): void }) {
  const { say } = useSpeech()
  const take = ({ value }: HTMLInputElement) => value !== '' && value !== on && setOn(value)
  return (
    <label className="workbench-field">
      {say(words.on)}
      <input
        type="date"
        defaultValue={on}
        onBlur={({ currentTarget }) => take(currentTarget)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && take(currentTarget)}
      />
    </label>
  )
}
