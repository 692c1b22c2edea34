// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Person-times trained in a year
   */
  'GET /services/startup-guidance/trained': {
    query: {
      year: number
    }
    answer: {
      personTimes: number
    }
  }
  /**
   * The projects of a contest, the most points first
   */
  'GET /services/startup-guidance/ranking': {
    query: {
      contest: string
    }
    answer: {
      items: {
        caseId: string
        number: string
        name: string
        scored: number
        points: number
        status: string
      }[]
    }
  }
}
