import { choice, count, countOf, grant, includes, list, policy, someOf } from '../../policy/door.ts'

const sign = choice(
  'percentage_refund',
  'window_outside',
  'wrong_document_number',
  'qr_code',
  'authority_link_mismatch',
  'card_and_balance',
  'verification_code',
  'credit_threat',
  'manual_refund',
  'transfer_money',
  'chat_program',
  'audit_list',
)

/** M3.01: how far the warning signs that were found in a message speak for fraud. No sign is no proof that a message is genuine. */
export const messageLevel = policy({
  id: 'message-level',
  title: { zh: '可疑信息的程度', en: 'How suspicious a message is' },
  from: '2023-11-13',
  clause: 'M3.01',
  facts: { signs: list(sign, { of: 'sign', max: 12 }) },
  values: { graveSigns: list(sign), fraudSignsMin: count('sign', { max: 12 }) },
  results: { level: choice('likely_fraud', 'doubtful', 'no_sign'), signs: count('sign', { max: 12 }) },
  decide(facts, values) {
    const signs = countOf(facts.signs, () => true)
    if (signs === 0) return grant({ level: 'no_sign', signs }, 'M3.01')
    const isGrave = someOf(facts.signs, (found) => includes(values.graveSigns, found))
    if (isGrave || signs >= values.fraudSignsMin) return grant({ level: 'likely_fraud', signs }, 'M3.01')
    return grant({ level: 'doubtful', signs }, 'M3.01')
  },
})
