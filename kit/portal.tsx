import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { type Api, ApiProblem, createApi } from './api.ts'
import { followColour } from './colour.ts'
import { LanguageProvider } from './language.tsx'
import { LiveUpdates } from './live-updates.tsx'
import { NodeProvider } from './node-context.tsx'
import { unfoldOnPaper } from './paper.ts'
import { noticeEndedSession } from './session.ts'
import './style.css'

/**
 * Starts a portal in the page: the queries, the language and the node (`''`: the national entrance) that its pages stand on. `api`: where it also
 * answers without a connection; reading then does not wait for one.
 */
export function startPortal(root: HTMLElement, region: string, pages: ReactNode, api?: Api): void {
  followColour()
  unfoldOnPaper()
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient(api ? 'always' : 'online')}>
        <LanguageProvider>
          <NodeProvider api={api ?? createApi(region)}>
            {region !== '' && <LiveUpdates />}
            {pages}
          </NodeProvider>
        </LanguageProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

/** Reading is tried again only where no answer came; what the server refused stays refused. */
function createQueryClient(networkMode: 'always' | 'online'): QueryClient {
  const onError = (error: Error) => noticeEndedSession(queries, error)
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        networkMode,
        refetchOnReconnect: true,
        retry: (failures, error) => failures < 2 && error instanceof ApiProblem && error.isPassing,
      },
    },
  })
  return queries
}
