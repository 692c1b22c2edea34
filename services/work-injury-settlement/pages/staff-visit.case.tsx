import * as z from 'zod/mini'
import { type CasePart, type CasePartProps, defineWords, findRuling, RegionName, useSpeech } from '../../../kit/door.ts'
import { DataTable, FactList, fenColumn, RulingPanel } from '../../../kit/staff/door.ts'
import { serviceId, useServiceTeller } from './staff-service.ts'
import { inYuan, serviceWords } from './staff-words.ts'

const words = defineWords({
  stay: { zh: '就医地告知', en: 'What the treatment place told' },
  stayNumber: { zh: '住院编号', en: 'Stay' },
  claim: { zh: '手工报销案', en: 'Manual claim' },
  cleared: { zh: '已清算', en: 'Cleared' },
  item: { zh: '项目', en: 'Item' },
  amount: { zh: '金额', en: 'Amount' },
  finding: { zh: '审核结果和依据', en: 'Finding and clause' },
})

const line = z.object({
  no: z.number(),
  name: z.string(),
  amountFen: z.number(),
  fundFen: z.number(),
  personFen: z.number(),
  finding: z.string(),
  because: z.string(),
})
type Line = z.infer<typeof line>
const visitState = z.object({
  enquiry: z.nullable(
    z.object({
      stayNumber: z.string(),
      treatmentRegion: z.string(),
      institutionName: z.string(),
      admittedOn: z.string(),
      ruling: z.unknown(),
    }),
  ),
  settlement: z.nullable(
    z.object({
      settlementNumber: z.string(),
      dischargedOn: z.string(),
      totalFen: z.number(),
      fundFen: z.number(),
      personFen: z.number(),
      deductedFen: z.number(),
      lines: z.array(line),
    }),
  ),
  claimNumber: z.nullable(z.string()),
  clearedFen: z.number(),
})

/** A stay elsewhere as the insured region knows it. */
function VisitFacts({ view }: CasePartProps) {
  const { say, day, yuan } = useSpeech()
  const { choice } = useServiceTeller()
  const { enquiry, settlement, claimNumber, clearedFen } = z.parse(visitState, view.file.state)
  const ruling = findRuling(enquiry?.ruling)
  return (
    <div className="staff-stack">
      <FactList
        title={say(words.stay)}
        columns={1}
        facts={[
          { label: say(words.stayNumber), value: enquiry?.stayNumber },
          { label: say(serviceWords.institution), value: enquiry?.institutionName },
          { label: say(serviceWords.treatmentRegion), value: enquiry && <RegionName code={enquiry.treatmentRegion} /> },
          { label: say(serviceWords.admittedOn), value: enquiry && day(enquiry.admittedOn) },
          { label: say(serviceWords.dischargedOn), value: settlement && day(settlement.dischargedOn) },
          { label: say(serviceWords.settlementNumber), value: settlement?.settlementNumber },
          { label: say(serviceWords.totalFen), value: settlement && yuan(settlement.totalFen) },
          { label: say(serviceWords.fundFen), value: settlement && yuan(settlement.fundFen) },
          { label: say(serviceWords.personFen), value: settlement && yuan(settlement.personFen) },
          {
            label: say(serviceWords.deductedFen),
            value: settlement?.deductedFen ? yuan(settlement.deductedFen) : null,
          },
          { label: say(words.claim), value: claimNumber },
          { label: say(words.cleared), value: clearedFen === 0 ? null : yuan(clearedFen) },
        ]}
      />
      {!view.decision && ruling && <RulingPanel ruling={ruling} service={serviceId} />}
      {settlement && (
        <DataTable<Line>
          rowKey="no"
          dataSource={settlement.lines}
          columns={[
            { title: '#', dataIndex: 'no' },
            { title: say(words.item), dataIndex: 'name' },
            fenColumn(say(inYuan(words.amount)), ({ amountFen }) => amountFen),
            fenColumn(say(inYuan(serviceWords.fundFen)), ({ fundFen }) => fundFen),
            fenColumn(say(inYuan(serviceWords.personFen)), ({ personFen }) => personFen),
            {
              title: say(words.finding),
              key: 'finding',
              render: (_, { finding, because }) => (
                <>
                  {choice(finding)} <span className="staff-quiet">{because}</span>
                </>
              ),
            },
          ]}
        />
      )}
    </div>
  )
}

/** The insured region's record of a stay elsewhere. */
export const casePart: CasePart = { flow: 'visit', Facts: VisitFacts }
