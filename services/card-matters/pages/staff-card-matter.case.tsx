import { type CasePartProps, defineWords, useSpeech, useTeller } from '../../../kit/door.ts'
import { FactList, type Field, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { cardWords, matterFlow, matterState, serviceId } from './words.ts'

const words = defineWords({
  number: { zh: '卡面号码', en: 'Number on the card' },
  account: { zh: '银行账号（开通金融功能时填写）', en: 'Bank account (where the financial function is opened)' },
  to: { zh: '交给', en: 'Handed to' },
  holder: { zh: '本人（当场启用）', en: 'the holder (in force at once)' },
  proxy: { zh: '代办人（本人激活后启用）', en: 'a proxy (in force once the holder activates it)' },
  byProxy: { zh: '代办', en: 'By a proxy' },
  oneGo: { zh: '一次办好', en: 'Done in one go' },
  within: { zh: '办结时限', en: 'Done within' },
  days: { zh: '{count} 个工作日', en: '{count} working days' },
  inForceOn: { zh: '启用日期', en: 'In force since' },
  spoiled: { zh: '废卡', en: 'Spoiled cards' },
})

const reason: Field = { name: 'reason', kind: 'long_text', label: cardWords.reason, required: true }

/** A card matter on its case page, and the forms of its steps. */
export const casePart: StaffCasePart = {
  flow: matterFlow,
  Facts: MatterFacts,
  stepForms: {
    make: stepForm({
      fields: [
        { name: 'number', kind: 'text', label: words.number, required: true },
        { name: 'accountNumber', kind: 'text', label: words.account },
      ],
    }),
    spoil: stepForm({ fields: [reason] }),
    handOver: stepForm({
      fields: [
        {
          name: 'to',
          kind: 'choice',
          label: words.to,
          required: true,
          options: (['holder', 'proxy'] as const).map((value) => ({ value, label: words[value] })),
        },
      ],
      initial: ({ file }) => ({ to: matterState.safeParse(file.state).data?.byProxy ? 'proxy' : 'holder' }),
    }),
    activate: stepForm({ fields: [] }),
    cancel: stepForm({ fields: [reason], isDangerous: true }),
    takeBack: stepForm({ fields: [reason], isDangerous: true }),
  },
}

const plannedParts = ['immediate', 'reportsLoss', 'endsOldCard', 'makesCard', 'renewsECard'] as const

function MatterFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const state = matterState.safeParse(view.file.state).data
  if (!state) return null
  const { matter, plan, byProxy, cardNumber, handedTo, inForceOn, spoiled } = state
  return (
    <FactList
      facts={[
        { label: say(cardWords.matter), value: matter && say(cardWords[matter]) },
        { label: say(words.byProxy), value: byProxy ? say(cardWords.yes) : null },
        {
          label: say(words.oneGo),
          value:
            plan &&
            plannedParts
              .filter((part) => plan[part])
              .map((part) => tell(`results.${part}`))
              .join(' · '),
        },
        {
          label: say(words.within),
          value: plan?.makesCard && !plan.immediate ? say(words.days, { count: plan.withinWorkingDays }) : null,
        },
        { label: say(words.number), value: cardNumber },
        { label: say(words.to), value: handedTo && say(words[handedTo]) },
        { label: say(words.inForceOn), value: inForceOn && day(inForceOn) },
        { label: say(words.spoiled), value: spoiled > 0 ? spoiled : null },
      ]}
    />
  )
}
