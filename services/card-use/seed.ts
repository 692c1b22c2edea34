import type { DemoWorld, ServiceTools } from '../contract.ts'
import { loadPurse, setPin } from './purse.ts'
import { registerTerminal } from './terminals.ts'

/** The demo world's terminals: one of each field of use in Nanjing, and a holder with money in the purse. All invented. */
export async function seed(tools: ServiceTools, { node, run, idOf }: DemoWorld): Promise<void> {
  if (node.region !== '320000') return
  const agency = '320100'
  const employer = (nth: number) => ({ employerId: idOf(`employer:nanjing-employer-${nth}`), agency })
  await run(async (work) => {
    await registerTerminal(work, { name: '示例景区闸机', field: 'tourism', ...employer(1) })
    await registerTerminal(work, { name: '示例公交1路车载机', field: 'transport', ...employer(2) })
    await registerTerminal(work, { name: '示例超市收银台', field: 'consumption', ...employer(3) })
    await registerTerminal(work, { name: '示例药店收银台', field: 'medical', ...employer(4) })
    const institutionId = idOf('institution:nanjing-hospital')
    await registerTerminal(work, { name: '示例医院挂号窗口', field: 'medical', institutionId, agency })
    await registerTerminal(work, { name: '政务大厅读卡器', field: 'government', agency })
    await registerTerminal(work, { name: '待遇查询一体机', field: 'benefits', agency })
    const personId = idOf('person:li-na')
    await setPin(work, personId, '135790')
    await loadPurse(work, tools, { personId, amountFen: 50_000, reference: 'demo-li-na' })
  })
}
