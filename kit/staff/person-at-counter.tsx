import { Button, Card } from 'antd'
import { Fragment, type ReactNode, useState } from 'react'
import type { Person } from '../api-types.ts'
import { type BothLanguages, useSpeech } from '../language.tsx'
import { defineWords } from '../words.ts'
import { PersonSearch } from './person-search.tsx'
import { StaffPage } from './staff-page.tsx'

const words = defineWords({ change: { zh: '换人', en: 'Another person' } })

type PersonAtCounterProps = {
  title: BothLanguages
  summary: BothLanguages
  /** What the chosen person is here. */
  who: BothLanguages
  /** Why persons are searched for, as their access log says it. */
  purpose: BothLanguages
  /** What is done for the chosen person; made anew for another one. */
  children: (personId: string) => ReactNode
}

/** A page of an officer who does something for the person at the counter: first who it is, then what. */
export function PersonAtCounter({ title, summary, who, purpose, children }: PersonAtCounterProps) {
  const { say } = useSpeech()
  const [person, setPerson] = useState<Person>()
  return (
    <StaffPage title={say(title)} summary={say(summary)}>
      <Card
        size="small"
        title={person ? `${say(who)}: ${person.name} ${person.idNumberMasked}` : say(who)}
        extra={person && <Button onClick={() => setPerson(undefined)}>{say(words.change)}</Button>}
      >
        {!person && <PersonSearch purpose={say(purpose)} onChoose={setPerson} />}
      </Card>
      {person && <Fragment key={person.personId}>{children(person.personId)}</Fragment>}
    </StaffPage>
  )
}
