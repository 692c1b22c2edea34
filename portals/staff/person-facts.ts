import { defineWords, type Person, useSpeech } from '../../kit/door.ts'
import type { Fact } from '../../kit/staff/door.ts'

const words = defineWords({
  name: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '身份证号', en: 'Identity number' },
  birth: { zh: '出生日期', en: 'Born' },
  phone: { zh: '电话', en: 'Phone' },
  retired: { zh: '退休日期', en: 'Retired' },
  died: { zh: '死亡日期', en: 'Died' },
})

/** The facts about a person that staff see: numbers masked. */
export function usePersonFacts(): (person: Person) => Fact[] {
  const { say, day } = useSpeech()
  return (person) => [
    { label: say(words.name), value: person.name },
    { label: say(words.idNumber), value: person.idNumberMasked },
    { label: say(words.birth), value: day(person.birthOn) },
    { label: say(words.phone), value: person.phoneMasked },
    { label: say(words.retired), value: person.retiredOn && day(person.retiredOn) },
    { label: say(words.died), value: person.diedOn && day(person.diedOn) },
  ]
}
