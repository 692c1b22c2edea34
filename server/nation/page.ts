import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { NationPlan } from './plan.ts'
import type { NationStatus, RegionStatus } from './status.ts'

/**
 * Serves the nation's one page: `GET /` for people, `GET /status` the same as JSON, `POST /api/v1/demo/clock` as every region has it, passed on
 * to all of them. Ends with the answer's `close`.
 */
export async function serveNationPage(plan: NationPlan, readStatus: () => Promise<NationStatus>): Promise<Server> {
  const server = createServer((request, response) => {
    answer(plan, readStatus, request, response).catch((error: unknown) => {
      response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end(String(error))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(plan.pagePort, plan.host, resolve)
  })
  return server
}

async function answer(
  plan: NationPlan,
  readStatus: () => Promise<NationStatus>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, type: string, text: string) =>
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(text)
  const asked = `${request.method} ${request.url}`
  if (asked === 'GET /') send(200, 'text/html', nationPage(await readStatus()))
  else if (asked === 'GET /status') send(200, 'application/json', JSON.stringify(await readStatus()))
  else if (asked === 'POST /api/v1/demo/clock') send(200, 'application/json', await moveClocks(plan, request))
  else send(404, 'text/plain', 'GET /, GET /status, POST /api/v1/demo/clock')
}

/** Moves the clock of every region; throws what the first that would not has said. */
async function moveClocks(plan: NationPlan, request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks)
  const headers = { 'content-type': 'application/json' }
  const answers = await Promise.all(
    plan.regions.map(async ({ port }) => {
      const moved = await fetch(`http://${plan.host}:${port}/api/v1/demo/clock`, { method: 'POST', headers, body })
      const text = await moved.text()
      if (!moved.ok) throw new Error(text)
      return text
    }),
  )
  return answers[0] ?? '{}'
}

const styles = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: #1a1a1a; background: #fff }
  table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem }
  th, td { text-align: start; padding: .4rem .8rem; border-bottom: 1px solid #d0d0d0 }
  td.number { text-align: end; font-variant-numeric: tabular-nums }
  .well { color: #06602f } .ill { color: #a8071a; font-weight: 600 }`

/** The page in both languages; it asks for itself again every three seconds and needs no script. */
export function nationPage({ processes, regions, clearing }: NationStatus): string {
  const regionRows = regions.map(regionRow).join('')
  const processRows = processes
    .map(({ name, state, processId, restarts }) =>
      row([name, stateCell(state === 'running', stateTitles[state]), number(processId), number(restarts)]),
    )
    .join('')
  const clearingRows = clearing.map(({ title, count }) => row([`${title.zh} ${title.en}`, number(count)])).join('')
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>通办：一机一国 Tongban: a nation on one machine</title>
<style>${styles}</style></head><body>
<h1>通办：一机一国 <small>a nation on one machine</small></h1>
<p>演示数据，均为虚构。 Everybody and everything here is invented.</p>
<h2>各地 Regions</h2>
${table(['地区 Region', '入口 Entrance', '状况 Health', '待送达 To deliver', '收件箱 In its inbox', '处理失败 Failed'], regionRows)}
<h2>清算 Clearing</h2>
${table(['状态 State', '件数 Cases'], clearingRows)}
<h2>进程 Processes</h2>
${table(['名称 Name', '状态 State', '进程号 Process', '重启次数 Restarts'], processRows)}
</body></html>`
}

const stateTitles = {
  running: '运行中 running',
  coming_back: '正在重启 coming back',
  stopped: '已停止 stopped',
} as const

function regionRow({ region, name, url, isWell, ...messages }: RegionStatus): string {
  const portals = [
    ['居民 residents', `${url}/${region}/resident`],
    ['经办 staff', `${url}/${region}/staff`],
  ].map(([title, href]) => `<a href="${href}">${title}</a>`)
  return row([
    `${region} ${name.zh} ${name.en}`,
    portals.join(' · '),
    stateCell(isWell, isWell ? '正常 well' : '无应答 no answer'),
    number(messages.messagesWaiting),
    number(messages.messagesResting),
    number(messages.messagesFailed),
  ])
}

function stateCell(isWell: boolean, title: string): string {
  return `<span class="${isWell ? 'well' : 'ill'}">${title}</span>`
}

function number(value: number | null): { value: string } {
  return { value: value === null ? '—' : String(value) }
}

function row(cells: readonly (string | { value: string })[]): string {
  const written = cells.map((cell) =>
    typeof cell === 'string' ? `<td>${cell}</td>` : `<td class="number">${cell.value}</td>`,
  )
  return `<tr>${written.join('')}</tr>`
}

function table(heads: readonly string[], rows: string): string {
  return `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows}</tbody></table>`
}
