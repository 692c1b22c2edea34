import { Card, Collapse } from 'antd'
import { defineWords, Link, useSignedIn, useSpeech } from '../../../kit/door.ts'
import { FactList, type Field, type FieldValues, OutboxForm } from '../../../kit/staff/door.ts'
import { matters, type Route, reasons, recordedReasons, serviceId, visitFlow, visitWords } from './words.ts'

const words = defineWords({
  open: { zh: '办件', en: 'Case' },
  isDone: { zh: '已办结', en: 'done' },
  notYet: { zh: '还没到这一天', en: 'Not yet the day' },
  who: { zh: '上门对象', en: 'Whom' },
  visit: { zh: '登记上门结果', en: 'Record the visit' },
  need: { zh: '登记长期需要上门', en: 'Record that they cannot come' },
  found: { zh: '途中遇到的：替别人申请上门', en: 'Found on the way: ask for somebody else' },
  outcome: { zh: '结果', en: 'Outcome' },
  done: { zh: '办成', en: 'done' },
  failed: { zh: '未办成，重新预约', en: 'failed, to be scheduled anew' },
  visitedOn: { zh: '上门日期', en: 'Day of the visit' },
  caseNumber: { zh: '上门办理的业务号（社保卡业务必填）', en: 'Case handled there (needed for card matters)' },
  evidence: { zh: '看过的证明', en: 'What was shown' },
  until: { zh: '到哪一天（长期可不填）', en: 'Until (empty for good)' },
  idNumber: { zh: '被服务人身份证号码', en: 'Identity number of whom is visited' },
  name: { zh: '姓名', en: 'Name' },
  seen: { zh: '已看过病情证明、残疾人证等', en: 'A medical or disability certificate was seen' },
})

type Stop = Route['stops'][number]

const choice = (
  name: string,
  label: Field['label'],
  values: readonly Field['name'][],
  said: Record<string, Field['label']>,
): Field => ({
  ...{ name, kind: 'choice', label, required: true },
  options: values.map((value) => ({ value, label: said[value] ?? { zh: value, en: value } })),
})

const visitFields: Field[] = [
  choice('outcome', words.outcome, ['done', 'failed'], words),
  { name: 'did', kind: 'long_text', label: visitWords.did, required: true },
  { name: 'caseNumber', kind: 'text', label: words.caseNumber, askedWhen: { field: 'outcome', is: ['done'] } },
  { name: 'visitedOn', kind: 'date', label: words.visitedOn, required: true },
]

const needFields: Field[] = [
  choice('reason', visitWords.reason, recordedReasons, visitWords),
  { name: 'evidence', kind: 'text', label: words.evidence, required: true },
  { name: 'to', kind: 'date', label: words.until },
]

const requestFields: Field[] = [
  { name: 'idNumber', kind: 'text', label: words.idNumber, required: true },
  { name: 'name', kind: 'text', label: words.name, required: true },
  choice('reason', visitWords.reason, reasons, visitWords),
  choice('matter', visitWords.matter, matters, visitWords),
  { name: 'place', kind: 'text', label: visitWords.place, required: true },
  { name: 'wish', kind: 'text', label: visitWords.wish },
  {
    ...{ name: 'evidenceShown', kind: 'flag', label: words.seen },
    askedWhen: { field: 'reason', is: recordedReasons },
  },
]

/** One home of the route: what to do there, and the forms to be filled in there. */
export function StopCard({ stop, place, on, kit }: { stop: Stop; place: number; on: string; kit: string }) {
  const { say } = useSpeech()
  const { acting, today } = useSignedIn()
  const { caseId, number, name, seq, personId } = stop
  const label = `${name} · ${stop.place}`
  const visitRequest = ({ visitedOn, ...body }: FieldValues) => ({
    path: `/cases/${caseId}/steps`,
    body: { step: 'recordVisit', body, expectedSeq: seq, effectiveOn: visitedOn },
  })
  return (
    <Card
      size="small"
      title={`${place}. ${say(visitWords[stop.slot])} · ${stop.place}`}
      extra={<Link to={`/cases/${caseId}`}>{`${say(words.open)} ${number}`}</Link>}
    >
      <div className="staff-stack">
        <FactList
          facts={[
            { label: say(words.who), value: name },
            { label: say(visitWords.matter), value: stop.matter && say(visitWords[stop.matter]) },
            { label: say(visitWords.kit), value: kit },
            { label: say(visitWords.wish), value: stop.wish || null },
            { label: say(words.outcome), value: stop.status === 'done' ? say(words.isDone) : null },
          ]}
        />
        {acting.role === 'accept' && (
          <Collapse
            items={[
              ...(stop.status === 'done'
                ? []
                : [
                    {
                      key: 'visit',
                      label: say(words.visit),
                      children:
                        on > today ? (
                          say(words.notYet)
                        ) : (
                          <OutboxForm
                            about={`visit ${caseId}`}
                            title={words.visit}
                            label={label}
                            fields={visitFields}
                            initial={{ outcome: 'done', visitedOn: on }}
                            request={visitRequest}
                          />
                        ),
                    },
                  ]),
              {
                key: 'need',
                label: say(words.need),
                children: (
                  <OutboxForm
                    about={`need ${personId}`}
                    title={words.need}
                    label={label}
                    fields={needFields}
                    initial={{ reason: 'limited_mobility' }}
                    request={(values) => ({ path: `/services/${serviceId}/needs`, body: { ...values, personId } })}
                  />
                ),
              },
            ]}
          />
        )}
      </div>
    </Card>
  )
}

/** A request for somebody who was met on the way, by the number and name of their identity document. */
export function FoundOnTheWay() {
  const { say } = useSpeech()
  return (
    <Collapse
      items={[
        {
          key: 'request',
          label: say(words.found),
          children: (
            <OutboxForm
              about="request"
              title={words.found}
              label=""
              fields={requestFields}
              initial={{ reason: 'very_old', matter: 'benefit_authentication' }}
              request={(body) => ({ path: '/cases', body: { flow: visitFlow, body } })}
            />
          ),
        },
      ]}
    />
  )
}
