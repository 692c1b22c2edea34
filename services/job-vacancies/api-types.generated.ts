// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Open vacancies; words in Chinese, pinyin or its first letters
   */
  'GET /services/job-vacancies/vacancies': {
    query: {
      text?: string
      place?: string
      payFromFen?: number
    }
    answer: {
      items: {
        vacancyId: string
        employerName: string
        title: string
        work: string
        place: string
        payFromFen: number
        payToFen: number
        openings: number
        expiresOn: string
        closed: ('filled' | 'withdrawn') | null
      }[]
    }
  }
  /**
   * Publish a vacancy of my employer
   */
  'POST /services/job-vacancies/vacancies': {
    body: {
      title: string
      work: string
      place: string
      payFromFen: number
      payToFen: number
      openings: number
      expiresOn: string
    }
    answer: {
      vacancyId: string
    }
  }
  /**
   * The vacancies of my employer, or of my agency’s employers
   */
  'GET /services/job-vacancies/own': {
    answer: {
      items: {
        vacancyId: string
        employerName: string
        title: string
        work: string
        place: string
        payFromFen: number
        payToFen: number
        openings: number
        expiresOn: string
        closed: ('filled' | 'withdrawn') | null
      }[]
    }
  }
  /**
   * Import vacancies, all or nothing
   */
  'POST /services/job-vacancies/import': {
    body: {
      /**
       * @minItems 1
       * @maxItems 2000
       */
      rows: [
        {
          creditCode: string
          title: string
          work: string
          place: string
          payFrom: string
          payTo: string
          openings: string
          expiresOn: string
        },
        ...{
          creditCode: string
          title: string
          work: string
          place: string
          payFrom: string
          payTo: string
          openings: string
          expiresOn: string
        }[]
      ]
    }
    answer: {
      imported: number
    }
  }
  /**
   * Close a vacancy that was filled or is withdrawn
   */
  'POST /services/job-vacancies/vacancies/{vacancyId}/closing': {
    params: {
      vacancyId: string
    }
    body: {
      reason: 'filled' | 'withdrawn'
    }
    answer: {
      done: true
    }
  }
}
