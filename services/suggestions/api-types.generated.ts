// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Published suggestions with their answers
   */
  'GET /services/suggestions/published': {
    answer: {
      items: {
        topic: 'policy' | 'counter' | 'online' | 'card' | 'staff' | 'other'
        text: string
        answer: string
        at: string
      }[]
    }
  }
}
