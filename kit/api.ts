import { isUnattended } from './attendance.ts'
import { randomKey } from './random-key.ts'

/** An entry that is not right. `label`: the name of its field, where the server has words for it. */
export type WrongEntry = { path: string; expected: string; found: string; label?: string; sentence: string }

/** What the server says when it does not do what it was asked: RFC 9457, in the reader's language. */
export type Problem = {
  title: string
  status: number
  detail: string
  code: string
  /** What the refusal stands on. */
  clause?: string
  /** What the person can do. */
  advice?: string
  params?: Record<string, string | number | boolean | null>
  /** For input that is not right: which field, and what to enter. */
  problems?: WrongEntry[]
}

/** A request that was not done. `problem.code` is `unreachable` where no answer came at all. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }

  /** True where the same request may simply be sent again with the same key: no answer, or the server failed for the moment. */
  get isPassing(): boolean {
    return this.problem.code === 'unreachable' || this.problem.status === 503
  }
}

/** Query parameters; those undefined are left out. */
export type Query = Record<string, string | number | boolean | undefined>

/** The HTTP interface of one node. Answers were parsed by their schemas on the server, from which the types of the pages are made. */
export type Api = {
  readonly region: string
  /** Throws `ApiProblem`. */
  get<Answer>(path: string, query?: Query): Promise<Answer>
  /** `key`: the same for the same wish of a person, however often it is sent. Throws `ApiProblem`. */
  post<Answer>(path: string, body?: unknown, key?: string): Promise<Answer>
  /** Sends a form with a file (`multipart/form-data`). Throws `ApiProblem`. */
  upload<Answer>(path: string, form: FormData, key?: string): Promise<Answer>
  /** Throws `ApiProblem`. */
  delete<Answer>(path: string): Promise<Answer>
  /** The address of a file to link to. */
  href(path: string, query?: Query): string
}

/** The interface of the node of a region; without one, of the national entrance. */
export function createApi(region: string): Api {
  const base = region === '' ? '/api/v1' : `/${region}/api/v1`
  const href = (path: string, query: Query = {}) => `${base}${path}${queryText(query)}`
  const change = (key: string) => ({ 'idempotency-key': key, 'x-tongban-csrf': readCookie('tongban_csrf') ?? '' })
  return {
    region,
    href,
    get: (path, query) => send(href(path, query), { method: 'GET' }),
    post: (path, body, key = randomKey()) =>
      send(href(path), {
        method: 'POST',
        headers: { ...change(key), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    upload: (path, form, key = randomKey()) => send(href(path), { method: 'POST', headers: change(key), body: form }),
    delete: (path) => send(href(path), { method: 'DELETE', headers: change(randomKey()) }),
  }
}

/** The value of a cookie that scripts may read. */
export function readCookie(name: string): string | undefined {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))
  return found === undefined ? undefined : decodeURIComponent(found.slice(name.length + 1))
}

/** Remembers a choice of the reader (language, type size) on this device for a year. */
export function writeCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it with the next request, and Cookie Store is not in every browser
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=strict`
}

type Sent = { method: string; headers?: Record<string, string>; body?: string | FormData }

async function send<Answer>(address: string, request: Sent): Promise<Answer> {
  let response: Response
  try {
    const headers = { ...request.headers, ...(isUnattended() && { 'x-tongban-unattended': '1' }) }
    response = await fetch(address, { ...request, headers, credentials: 'same-origin' })
  } catch {
    throw new ApiProblem({ title: '', status: 0, detail: '', code: 'unreachable' })
  }
  if (response.ok) return response.json()
  throw new ApiProblem(await problemOf(response))
}

async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get('content-type')?.includes('json')) return response.json()
  // A proxy in between answered, not the server.
  return { title: '', status: response.status, detail: '', code: 'unreachable' }
}

function queryText(query: Query): string {
  const present = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(present.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
