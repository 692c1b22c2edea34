import { Input } from 'antd'
import { useState } from 'react'
import { defineWords, go, useSpeech } from '../../kit/door.ts'
import { PersonSearch, StaffPage } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '人员', en: 'People' },
  purpose: { zh: '查询目的', en: 'Purpose of the search' },
  counter: { zh: '窗口业务办理', en: 'Counter service' },
})

/** Finds a person; the purpose is kept where the person can read it. */
export function PeoplePage() {
  const { say } = useSpeech()
  const [purpose, setPurpose] = useState(say(words.counter))
  return (
    <StaffPage title={say(words.title)}>
      <label className="staff-filters" htmlFor="purpose">
        {say(words.purpose)}
        <Input
          id="purpose"
          value={purpose}
          maxLength={200}
          onChange={({ target }) => setPurpose(target.value)}
          style={{ maxWidth: 320 }}
        />
      </label>
      <PersonSearch purpose={purpose} onChoose={({ personId }) => go(`/people/${personId}`)} />
    </StaffPage>
  )
}
