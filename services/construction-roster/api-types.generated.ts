// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * The workers on a site, by name
   */
  'GET /services/construction-roster/projects/{caseId}/roster': {
    params: {
      caseId: string
    }
    answer: {
      workers: {
        personId: string
        name: string
        idNumberMasked: string
        trade: string
        coveredFrom: string
      }[]
    }
  }
}
