import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readMessages } from '../../ground/door.ts'
import { messageKinds } from './messages-between.ts'
import { chart } from './postings.ts'

// Refusals and the words of policies are held against the sentences for all services at once; here are the codes that only this service has.

const folder = new URL('./', import.meta.url)
const messages = readMessages(folder)
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.(test|testing|generated)\.ts$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

/** What each code that is put together in the source may become. */
const putTogether: Record<string, string[]> = {
  'notice.filing_${outcome}': ['accepted', 'not_accepted'],
  'notice.claim_${outcome}': ['granted', 'refused'],
  'alert.prepaid_${level}': ['warning', 'urgent', 'exhausted'],
  'posting.${kind}': [
    'opening',
    'settlement',
    'benefit',
    'deduction',
    'undoing_after_payment',
    'undoing_after_clearing',
    'expenditure_funded',
    'hospital_paid',
    'payment_returned',
    'offset',
    'claim_approved',
    'undoing',
    'correction',
    'correction_after_payment',
    'correction_after_clearing',
    'claim_paid',
    'prepaid',
    'prepaid_received',
  ],
}

const groups = '(?:notice|receipt|alert|posting)'
const written = [...sources.matchAll(new RegExp(`'(${groups}\\.[a-z_]+)'`, 'g'))].map(([, code = '']) => code)
const composed = [...sources.matchAll(new RegExp(`\`(${groups}\\.[^\`]*\\$\\{[^\`]+)\``, 'g'))].map(
  ([, code = '']) => code,
)
const codes = [
  ...written,
  ...composed.flatMap((code) => (putTogether[code] ?? [code]).map((word) => code.replace(/\$\{\w+\}/, word))),
]

describe.each(['zh', 'en'] as const)('sentences in %s', (language) => {
  const known = [...messages[language].keys()]

  it('of notices, receipts, alerts and postings: each that is used, and no other', () => {
    expect(composed.filter((code) => !(code in putTogether))).toEqual([])
    const said = known.filter((key) => new RegExp(`^${groups}\\.`).test(key))
    expect(said.sort()).toEqual([...new Set(codes)].sort())
  })

  it('of every kind of posting that is made', () => {
    const kinds = [...sources.matchAll(/kind: (?:[^,\n]*\? )?'([a-z_]+)'(?: : '([a-z_]+)')?,\n\s+(?:on|from)[:,]/g)]
    const made = kinds.flatMap(([, kind, other]) => [kind, other]).filter((kind) => kind !== undefined)
    expect(made.length).toBeGreaterThan(10)
    expect(made.filter((kind) => !known.includes(`posting.${kind}`))).toEqual([])
  })

  it('of every kind of message between regions and every account', () => {
    const needed = [
      ...Object.values(messageKinds).map((kind) => `message.${kind}`),
      ...Object.keys(chart).map((name) => `account.${name}`),
    ]
    expect(needed.filter((key) => !known.includes(key))).toEqual([])
    expect(known.filter((key) => /^(message|account)\./.test(key)).sort()).toEqual(needed.sort())
  })
})

describe('control rules', () => {
  it('B3.09: those that are recognised are those that are in the register of the demo world', () => {
    const rulesIn = (file: string) => [...new Set(readFileSync(new URL(file, folder), 'utf8').match(/\bwi_[a-z_]+/g))]
    expect(rulesIn('risk.ts').sort()).toEqual(rulesIn('seed.ts').sort())
  })
})
