import { Empty } from 'antd'
import { type BenefitOffer, defineWords, Link, useBenefits, useSpeech } from '../../kit/door.ts'
import { DataTable, Loaded } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '事项', en: 'What' },
  about: { zh: '说明', en: 'About' },
  applicant: { zh: '谁申请', en: 'Who applies' },
  person: { zh: '个人', en: 'a person' },
  employer: { zh: '单位', en: 'an employer' },
  itemCode: { zh: '事项编码', en: 'Item code' },
  none: { zh: '本地还没有可申请的待遇', en: 'There is nothing to apply for here yet' },
})

/** What can be applied for, each with the way in. `applicant`: only what these apply for. */
export function BenefitList({ applicant }: { applicant?: BenefitOffer['applicant'] }) {
  const { say } = useSpeech()
  return (
    <Loaded query={useBenefits()}>
      {({ items }) => {
        const shown = items.filter((offer) => applicant === undefined || offer.applicant === applicant)
        if (shown.length === 0) return <Empty description={say(words.none)} />
        return (
          <DataTable<BenefitOffer>
            rowKey="flow"
            dataSource={shown}
            scroll={{}}
            columns={[
              {
                title: say(words.title),
                key: 'title',
                className: 'staff-nowrap',
                render: (_, { flow, title }) => <Link to={`/benefits/${flow}`}>{say(title)}</Link>,
              },
              { title: say(words.about), key: 'about', responsive: ['md'], render: (_, { summary }) => say(summary) },
              ...(applicant === undefined
                ? [
                    {
                      title: say(words.applicant),
                      key: 'applicant',
                      render: (_: unknown, offer: BenefitOffer) => say(words[offer.applicant]),
                    },
                  ]
                : []),
              { title: say(words.itemCode), dataIndex: 'itemCode', responsive: ['md'] },
            ]}
          />
        )
      }}
    </Loaded>
  )
}
