import { z } from 'zod'
import { parseInput, systemClock, systemRandom } from '../../ground/door.ts'
import { type BeginStep, createNation } from '../nation/nation.ts'
import { serveNationPage } from '../nation/page.ts'
import { planNation } from '../nation/plan.ts'
import { statusReader } from '../nation/status.ts'
import { stopSignal } from './stop-signal.ts'

const schemaOptions = z.object({ port: z.coerce.number().int().min(1).max(65_000), data: z.string().min(1) })

const steps: Record<BeginStep, string> = {
  database: '启动数据库 PostgreSQL ...',
  demo_world: '准备演示世界，首次每个省约几秒 The demo world; the first time some seconds for each province ...',
  nats: '启动消息集群 NATS ...',
  regions: '启动各地 Regions ...',
}

/** Starts a nation on this machine and runs it until told to stop (Ctrl-C, SIGTERM); then stops all of it and answers 0. */
export async function nation(given: { port: string; data: string }): Promise<number> {
  const { port, data: folder } = parseInput(schemaOptions, given, 'options')
  const plan = planNation({ folder, port })
  const stopped = stopSignal()
  const running = createNation(plan, systemClock, systemRandom)
  try {
    const begun = running.begin((step) => console.log(steps[step])).then(() => true)
    if (!(await Promise.race([begun, stopped.then(() => false)]))) return 0
    const page = await serveNationPage(plan, statusReader(plan, running.processes))
    console.log(`通办：一机一国 Tongban, a nation on one machine: http://${plan.host}:${plan.pagePort}`)
    for (const place of plan.regions)
      console.log(`  ${place.region}  http://${plan.host}:${place.port}/${place.region}`)
    console.log('按 Ctrl-C 停止 Ctrl-C stops all of it')
    await stopped
    page.close()
    page.closeAllConnections()
  } finally {
    await running.stop()
  }
  return 0
}
