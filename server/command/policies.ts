import type { Language } from '../../ground/door.ts'
import { type ListedPolicy, policiesOf } from '../policy-list.ts'
import { openServiceRules } from '../services.ts'

/** Lists every policy of every service, without server or database; with `json` also its facts, for a form or a caller. */
export async function policies(options: { json?: boolean; lang: Language }): Promise<number> {
  const listed = (await openServiceRules()).flatMap(policiesOf)
  console.log(options.json ? JSON.stringify(listed, null, 2) : tableOf(listed, options.lang))
  return 0
}

function tableOf(listed: ListedPolicy[], language: Language): string {
  const idWidth = Math.max(...listed.map(({ id }) => id.length), 0)
  const line = ({ id, region, from, to, title }: ListedPolicy) =>
    `${id.padEnd(idWidth)}  ${region}  ${from}..${to ?? ''}`.padEnd(idWidth + 34) + title[language]
  return listed.map(line).join('\n')
}
