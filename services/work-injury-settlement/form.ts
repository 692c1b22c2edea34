import { z } from 'zod'
import { parseYuan, schemaDate, schemaId, schemaRegion } from '../../ground/door.ts'

/** The classes of a filing (domain.md): 异地长期居住, 常驻异地工作, 异地转诊转院. */
export const filingClasses = ['long_term_residence', 'posted_work', 'referral'] as const

/** What is directly settled (A1.04). */
export const costTypes = ['medical', 'rehabilitation', 'device'] as const

/** How the person comes to the institution. Outpatient care and emergencies are told apart so that each gets its right way. */
export const careKinds = ['inpatient', 'emergency', 'outpatient'] as const

const referralOpinion = z.strictObject({
  institutionName: z.string().trim().min(2).max(80),
  institutionLevel: z.int().min(1).max(3),
  issuedOn: schemaDate,
})

/** What an applicant says in a filing. The person is the signed-in one, or named by the officer who files for them. */
export const filingForm = z
  .strictObject({
    personId: schemaId.optional(),
    filingClass: z.enum(filingClasses),
    treatmentRegion: schemaRegion,
    residenceSince: schemaDate.optional(),
    residenceProof: z.enum(['document', 'written_promise']).optional(),
    opinion: referralOpinion.optional(),
    injuryId: schemaId.optional(),
  })
  .superRefine((form, context) => {
    if (form.filingClass !== 'referral' && !form.residenceSince) {
      context.addIssue({ code: 'custom', path: ['residenceSince'], message: 'the day residence or work there began' })
    }
  })

/** See `filingForm`. */
export type FilingForm = z.infer<typeof filingForm>

/** An amount in yuan as typed in a form or a file (`1,234.50`), as whole fen. */
export const yuanText = z.string().transform((text, context) => {
  const fen = parseYuan(text)
  if (fen === undefined || fen < 0) {
    context.addIssue({ code: 'custom', message: 'an amount in yuan with at most two decimals', input: text })
    return z.NEVER
  }
  return fen
})

/** One question of a form, as data: the one form renderer of the pages shows it. Labels and help are message codes `form.<flow>.<name>`. */
export type FormField = {
  name: string
  kind: 'choice' | 'date' | 'region' | 'text' | 'count' | 'money' | 'flag'
  /** Message codes `choices.<value>`. */
  options?: readonly string[]
  required?: boolean
  /** Asked only while an earlier answer is one of these. */
  askedWhen?: { field: string; is: readonly string[] }
}

/** The filing form: what the register knows (identity, card, employer, injury, confirmations) is not asked (A2.05). */
export const filingFields: FormField[] = [
  { name: 'filingClass', kind: 'choice', options: filingClasses, required: true },
  { name: 'treatmentRegion', kind: 'region', required: true },
  {
    name: 'residenceSince',
    kind: 'date',
    required: true,
    askedWhen: { field: 'filingClass', is: ['long_term_residence', 'posted_work'] },
  },
  {
    name: 'residenceProof',
    kind: 'choice',
    options: ['document', 'written_promise'],
    required: true,
    askedWhen: { field: 'filingClass', is: ['long_term_residence', 'posted_work'] },
  },
  {
    name: 'opinion.institutionName',
    kind: 'text',
    required: true,
    askedWhen: { field: 'filingClass', is: ['referral'] },
  },
  {
    name: 'opinion.institutionLevel',
    kind: 'count',
    required: true,
    askedWhen: { field: 'filingClass', is: ['referral'] },
  },
  { name: 'opinion.issuedOn', kind: 'date', required: true, askedWhen: { field: 'filingClass', is: ['referral'] } },
]

const injuryRegister = { zh: '工伤认定部门共享数据', en: 'shared data of the determining department' }
const ownRegister = { zh: '社会保险登记库', en: 'the social-insurance register' }

/** Proofs that shared data replace, with the source that is read instead (A2.05, A2-t2). Shown as "proofs saved". */
export const savedProofs = [
  { zh: '居民身份证', en: 'identity card', sharedFrom: ownRegister },
  { zh: '社会保障卡', en: 'social-security card', sharedFrom: ownRegister },
  { zh: '参保证明', en: 'insurance certificate', sharedFrom: ownRegister },
  { zh: '认定工伤决定书', en: 'determination of the work injury', sharedFrom: injuryRegister },
  { zh: '劳动能力鉴定结论', en: 'appraisal of labour capacity', sharedFrom: injuryRegister },
]
