import { formatRatePpm } from '../formats.ts'
import { useSpeech } from '../language.tsx'
import { commonWords, defineWords } from '../words.ts'

const unitWords = defineWords({
  month: { zh: '{count} 个月', en: '{count} months' },
  working_day: { zh: '{count} 个工作日', en: '{count} working days' },
  day: { zh: '{count} 天', en: '{count} days' },
  level: { zh: '{count} 级', en: 'level {count}' },
  receipt: { zh: '{count} 张', en: '{count} receipts' },
})

type QuantityProps = {
  value: unknown
  unit?: string | undefined
  /** What the keys of a table are called. */
  keyInWords?: (key: string) => string
}

/** A dated value in the form its unit says: fen as yuan, parts per million as percent, yes or no, a count with its unit; tables line by line. */
export function Quantity({ value, unit, keyInWords = (key) => key }: QuantityProps) {
  const { say, yuan } = useSpeech()
  const one = (content: unknown): string => {
    if (typeof content === 'boolean') return say(content ? commonWords.yes : commonWords.no)
    if (typeof content !== 'number') return String(content)
    if (unit === 'fen') return yuan(content)
    if (unit === 'ppm') return formatRatePpm(content)
    const known = Object.entries(unitWords).find(([name]) => name === unit)
    return known ? say(known[1], { count: content }) : `${content} ${unit ?? ''}`
  }
  if (Array.isArray(value)) return value.map(one).join('、')
  if (typeof value !== 'object' || value === null) return one(value)
  return Object.entries(value).map(([key, content]) => (
    <div key={key}>
      {keyInWords(key)}: {one(content)}
    </div>
  ))
}
