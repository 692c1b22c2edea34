import { Phrases } from './phrases.ts'
import type { Labels } from './sentences.ts'
import type { Language } from './words.ts'

/**
 * A fact, value or result as sentences of explanations write it: `600.00 元`, `5.5%`, `3 months`, `2026年3月1日`, a word by its label.
 * `unit` is a unit code; a word or count without a label is told by its name.
 */
export function quantityText(
  value: number | string | boolean | readonly string[] | null,
  unit: string,
  labels: Labels,
  language: Language,
): string {
  return new Phrases(labels, language).value(value, unit)
}
