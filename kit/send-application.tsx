import { useAction } from './action.ts'
import type { StepTaken } from './api-types.ts'
import { useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { go } from './router.tsx'
import { ProblemNote } from './states.tsx'
import { commonWords, defineWords } from './words.ts'

const words = defineWords({
  anyway: { zh: '我有不同情况，仍然提交', en: 'My case is different: send it anyway' },
})

/** What opens a case: its flow, the opening step where there are several, whom it is about where the answers do not say, and the answers. */
export type Opening = {
  flow: string
  step?: string
  body: Record<string, unknown>
  subject?: { personId: string | undefined }
}

/** Sends an application once and goes to its case. Where the rule would not grant it, it may be sent all the same, and the button says so. */
export function SendApplication({ opening, isGranted }: { opening: Opening; isGranted: boolean }) {
  const api = useApi()
  const { say } = useSpeech()
  const submit = useAction((sent: Opening, key) => api.post<StepTaken>('/cases', sent, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}?sent`, { replace: true }),
  })
  return (
    <>
      {submit.error && <ProblemNote error={submit.error} />}
      <div className="kit-actions">
        <button
          type="button"
          className={isGranted ? 'kit-button kit-button-primary' : 'kit-button'}
          disabled={submit.isPending}
          onClick={() => submit.mutate(opening)}
        >
          {say(isGranted ? commonWords.submit : words.anyway)}
        </button>
      </div>
    </>
  )
}
