import { z } from 'zod'
import { defineFlow, objectionSteps, ratingStep, stepsOf } from '../../../cases/door.ts'
import { must, schemaId } from '../../../ground/door.ts'
import { rulingSummary, settlementStateMessage } from '../messages-between.ts'
import { settlementOrdinal } from '../settlements.ts'

const enquiry = z.strictObject({
  personId: schemaId,
  stayNumber: z.string(),
  treatmentRegion: z.string(),
  institutionName: z.string(),
  admittedOn: z.string(),
  costType: z.string(),
  ruling: rulingSummary,
})

const booking = z.strictObject({ settlement: settlementStateMessage, claimNumber: z.string().nullable() })

const clearedItem = z.strictObject({ statement: z.string(), settlementNumber: z.string(), clearedFen: z.int() })

const visitState = z.strictObject({
  enquiry: enquiry.nullable(),
  settlement: settlementStateMessage.nullable(),
  claimNumber: z.string().nullable(),
  clearedFen: z.int(),
})

/** The state of a visit: what was asked at admission, and the newest the treatment region told of the settlement. */
export type VisitState = z.infer<typeof visitState>

type VisitStatus = 'refused' | 'admitted' | 'settled' | 'undone' | 'under_objection'

const step = stepsOf<VisitState, VisitStatus>()

/**
 * A stay elsewhere as the insured region keeps it for its person: the answer given at admission, the settlement line by line with its
 * reasons, what was undone or deducted. The treatment region keeps the stay itself.
 */
export function visitFlow() {
  const enquire = step({
    title: { zh: '入院资格核验', en: 'Eligibility checked at admission' },
    opens: true,
    by: ['system'],
    body: enquiry,
    record: enquiry,
    to: { admitted: 'admitted', refused: 'refused' },
    take: async ({ body }) => ({
      outcome: body.ruling.outcome === 'granted' ? 'admitted' : 'refused',
      record: body,
      decision: body.ruling,
      notices: [
        {
          personId: body.personId,
          code: body.ruling.outcome === 'granted' ? 'notice.stay_admitted' : 'notice.stay_refused',
          params: { institution: body.institutionName },
        },
      ],
    }),
    fold: (state, { body }) => ({ ...state, enquiry: body }),
  })

  const book = step({
    title: { zh: '就医地结算入账', en: 'Settlement booked' },
    from: ['admitted', 'settled', 'undone', 'refused'],
    by: ['system'],
    body: booking,
    record: booking,
    to: { settled: 'settled', undone: 'undone', replaced: 'stay' },
    async take({ body, file }) {
      if (isReplaced(file.state, body)) return { outcome: 'replaced', record: body }
      const { state, fundFen, personFen } = body.settlement
      const personId = must(file.subject.personId, 'person of a visit')
      return {
        outcome: state,
        record: body,
        notices: [
          {
            personId,
            code: state === 'settled' ? 'notice.stay_settled' : 'notice.stay_undone',
            params: { fundFen, personFen },
          },
        ],
      }
    },
    fold: (state, { body }) => ({
      ...state,
      settlement: isReplaced(state, body) ? state.settlement : body.settlement,
      claimNumber: body.claimNumber,
    }),
  })

  const noteClearing = step({
    title: { zh: '区域间清算', en: 'Cleared between the regions' },
    from: ['settled', 'undone'],
    by: ['system'],
    body: clearedItem,
    record: clearedItem,
    to: 'stay',
    take: async ({ body }) => ({ record: body }),
    fold: (state, { body }) => ({ ...state, clearedFen: state.clearedFen + body.clearedFen }),
  })

  return defineFlow<VisitState>({
    id: 'visit',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '住院结算记录', en: 'Record of a stay' },
    numberPrefix: 'JL',
    state: visitState,
    initial: { enquiry: null, settlement: null, claimNumber: null, clearedFen: 0 },
    statuses: {
      refused: { title: { zh: '不能直接结算', en: 'Not settled directly' }, waitsFor: 'person' },
      admitted: { title: { zh: '在院', en: 'In hospital' }, waitsFor: 'partner' },
      settled: { title: { zh: '已结算', en: 'Settled' }, waitsFor: 'clearing', inForce: true },
      undone: { title: { zh: '已撤销', en: 'Undone' }, waitsFor: 'partner' },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
    },
    steps: {
      enquire,
      book,
      noteClearing,
      ...objectionSteps<VisitState, VisitStatus>({
        from: ['refused'],
        pending: 'under_objection',
        decidedBy: 'approve',
      }),
      ...ratingStep<VisitState, VisitStatus>({ from: ['settled'] }),
    },
    summary: ({ state }) => ({
      stayNumber: state.enquiry?.stayNumber ?? null,
      institutionName: state.enquiry?.institutionName ?? null,
      admittedOn: state.enquiry?.admittedOn ?? null,
      settlementNumber: state.settlement?.settlementNumber ?? null,
      fundFen: state.settlement?.fundFen ?? null,
      personFen: state.settlement?.personFen ?? null,
    }),
  })
}

/** Is this word about a settlement in whose place another one is known already? Messages come in no promised order. */
function isReplaced({ settlement }: VisitState, told: z.infer<typeof booking>): boolean {
  const known = settlement ? settlementOrdinal(settlement.settlementNumber) : 0
  return settlementOrdinal(told.settlement.settlementNumber) < known
}
