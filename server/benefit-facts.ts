import type { Benefit, FoundFacts } from '../benefits/door.ts'
import type { BothLanguages, Messages, PlainDate } from '../ground/door.ts'
import type { Rulebook } from '../law/door.ts'
import { describeFacts, type FactDescription, type Labels, type Language, quantityText } from '../policy/door.ts'

/** A fact that a register holds, as a page shows it: what it is called, its value in words, and where it stands. */
export type KnownFact = {
  name: string
  value: unknown
  unit: string
  label: BothLanguages
  text: BothLanguages
  /** The register, by the message `register.<name>` of the service or of the house; null where the service does not say. */
  source: BothLanguages | null
}

/** The rule of a benefit and the words to tell its facts in: those of its service, then those of the house. */
export type FactTeller = { rulebook: Rulebook; benefit: Benefit; house: Messages }

/** What registers gave to the rule of a benefit, in the order in which the rule declares it. Facts that it does not read are left out. */
export function knownFacts(
  { rulebook, benefit, house }: FactTeller,
  found: FoundFacts,
  question: { on: PlainDate; agency: string },
): KnownFact[] {
  const { ir } = rulebook.ruleAsShipped({
    policy: benefit.policy,
    on: question.on,
    insuredRegion: question.agency,
  })
  const labelsOf = (language: Language): Labels => new Map([...house[language], ...rulebook.messages[language]])
  const labels = { zh: labelsOf('zh'), en: labelsOf('en') }
  const both = (write: (labels: Labels, language: Language) => string): BothLanguages => ({
    zh: write(labels.zh, 'zh'),
    en: write(labels.en, 'en'),
  })
  return describeFacts(ir, question.on)
    .filter(({ name }) => found.facts[name] !== undefined)
    .map((fact) => {
      const { name, unit } = fact
      const value = found.facts[name]
      const register = found.sources[name]
      return {
        name,
        value,
        unit,
        label: both((labels) => labelOf(labels, `facts.${name}`)),
        text: both((labels, language) => factText(fact, `facts.${name}`, value, labels, language)),
        source: register === undefined ? null : both((labels) => labelOf(labels, `register.${register}`)),
      }
    })
}

/** A fact in words: the items of a list each on a line, the fields of an item each with its label. */
function factText(
  { kind, unit, item }: FactDescription,
  path: string,
  value: unknown,
  labels: Labels,
  language: Language,
): string {
  if (kind !== 'list') return quantityText(scalarOf(value), unit, labels, language)
  const items = Array.isArray(value) ? value : []
  if (items.length === 0) return quantityText(null, '', labels, language)
  return items
    .map((each: unknown) => itemText(item ?? [], path, each, labels, language))
    .join(language === 'zh' ? '；\n' : ';\n')
}

function itemText(
  fields: readonly FactDescription[],
  path: string,
  item: unknown,
  labels: Labels,
  language: Language,
): string {
  const texts = fields.map((field) => {
    if (field.name === '') return factText(field, path, item, labels, language)
    const fieldPath = `${path}.${field.name}`
    return `${labelOf(labels, fieldPath)} ${factText(field, fieldPath, memberOf(item, field.name), labels, language)}`
  })
  return texts.join(language === 'zh' ? '，' : ', ')
}

function labelOf(labels: Labels, code: string): string {
  return labels.get(code) ?? code.slice(code.lastIndexOf('.') + 1)
}

function scalarOf(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function memberOf(item: unknown, name: string): unknown {
  return typeof item === 'object' && item !== null ? Object.entries(item).find(([key]) => key === name)?.[1] : undefined
}
