import {
  type Facts,
  type FactUnit,
  type FactValue,
  type Labels,
  type Language,
  type PolicyBody,
  quantityText,
  unitCode,
} from '../../policy/browser.ts'

/** The facts of a case, each with its label, as sentences write them; items of a list one after the other. */
export function factLines(
  { facts: units }: PolicyBody,
  facts: Facts,
  labels: Labels,
  language: Language,
): { label: string; text: string }[] {
  const separator = language === 'zh' ? '，' : ', '
  const textOf = (path: string, unit: FactUnit, value: FactValue): string => {
    if (unit.kind !== 'list') return quantityText(scalarOf(value), unitCode(unit), labels, language)
    const items = Array.isArray(value) ? value : []
    const { item } = unit
    if (items.length === 0) return quantityText(null, '', labels, language)
    return items
      .map((each: FactValue) => {
        if (item.kind !== 'record') return textOf(path, item, each)
        const fields = Object.entries(item.fields).map(([field, fieldUnit]) => {
          const label = labels.get(`facts.${path}.${field}`) ?? field
          return `${label} ${textOf(`${path}.${field}`, fieldUnit, fieldOf(each, field))}`
        })
        return fields.join(separator)
      })
      .join(language === 'zh' ? '；' : '; ')
  }
  return Object.entries(units).map(([name, unit]) => ({
    label: labels.get(`facts.${name}`) ?? name,
    text: textOf(name, unit, facts[name] ?? null),
  }))
}

function scalarOf(value: FactValue): string | number | boolean | null {
  return typeof value === 'object' ? null : value
}

function fieldOf(item: FactValue | object, field: string): FactValue {
  return item !== null && typeof item === 'object'
    ? (Object.entries(item).find(([name]) => name === field)?.[1] ?? null)
    : null
}
