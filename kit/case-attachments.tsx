import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useAction } from './action.ts'
import type { AnswerOf, Attachment } from './api-types.ts'
import { useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { Empty, Loaded, ProblemNote } from './states.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  attachments: { zh: '材料', en: 'Documents' },
  none: {
    zh: '没有上传过材料。能从部门共享数据查到的，不用您提供。',
    en: 'None. What other offices already know is not asked of you.',
  },
  add: {
    zh: '拍照或选择文件',
    en: 'Take a photo or choose a file',
  },
  limits: { zh: 'PDF 或照片，10 MB 以内', en: 'PDF or photo, up to 10 MB' },
  adding: { zh: '正在上传…', en: 'Uploading…' },
})

/** The files of a case, with a way to add one. */
export function CaseAttachments({ caseId, mayAdd }: { caseId: string; mayAdd: boolean }) {
  const api = useApi()
  const { say, moment } = useSpeech()
  const inputId = useId()
  const attachments = useQuery({
    queryKey: ['case', caseId, 'attachments'],
    queryFn: async () =>
      (await api.get<AnswerOf<'GET /cases/{caseId}/attachments'>>(`/cases/${caseId}/attachments`)).items,
  })
  const add = useAction((file: File, key) => {
    const form = new FormData()
    form.set('file', file)
    return api.upload<Attachment>(`/cases/${caseId}/attachments?kind=supplement`, form, key)
  })
  return (
    <section className="kit-section" aria-labelledby="attachments">
      <h2 id="attachments">{say(words.attachments)}</h2>
      <Loaded query={attachments}>
        {(items) =>
          items.length === 0 ? (
            <Empty>{say(words.none)}</Empty>
          ) : (
            <ul className="kit-plain-list">
              {items.map(({ id, name, addedAt, sizeBytes }) => (
                <li key={id}>
                  <a href={api.href(`/attachments/${id}`)} download={name}>
                    {name}
                  </a>{' '}
                  <span className="kit-quiet">
                    {Math.ceil(sizeBytes / 1024)} kB · {moment(addedAt)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayAdd && (
        <div className="kit-file kit-no-paper">
          <label htmlFor={inputId} className="kit-button">
            {add.isPending ? say(words.adding) : say(words.add)}
          </label>
          <input
            id={inputId}
            type="file"
            accept="application/pdf,image/png,image/jpeg,image/webp"
            disabled={add.isPending}
            onChange={({ target }) => {
              const [file] = target.files ?? []
              if (file) add.mutate(file)
              target.value = ''
            }}
          />
          <span className="kit-quiet">{say(words.limits)}</span>
        </div>
      )}
      {add.error && <ProblemNote error={add.error} />}
    </section>
  )
}
