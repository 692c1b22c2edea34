import { useSpeech } from './language.tsx'
import { useTeller } from './messages.ts'
import { commonWords } from './words.ts'

/** What is told of an application, as label and value in the reader's language: facts, choices, days, and lists of such (certificates with level and day). */
export function useMaterialInWords(
  service: string,
): (material: Readonly<Record<string, unknown>>) => Array<{ label: string; value: string }> {
  const { say, day } = useSpeech()
  const { tell } = useTeller(service)
  const inWords = (value: unknown, name: string): string => {
    if (Array.isArray(value)) return value.map((each) => inWords(each, name)).join('；') || '—'
    if (typeof value === 'object' && value !== null) {
      const parts = Object.entries(value).map(([part, of]) => [`${name}.${part}`, of] as const)
      return parts.map(([part, of]) => `${tell(`facts.${part}`)} ${inWords(of, part)}`).join(' · ')
    }
    if (typeof value === 'boolean') return say(value ? commonWords.yes : commonWords.no)
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return day(value)
    return typeof value === 'string' ? tell(`choices.${value}`) : String(value)
  }
  return (material) =>
    Object.entries(material).map(([name, value]) => ({ label: tell(`facts.${name}`), value: inWords(value, name) }))
}
