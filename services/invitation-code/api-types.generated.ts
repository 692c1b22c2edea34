// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Check a code at a gate and use it
   */
  'POST /services/invitation-code/gate-uses': {
    body: {
      code: string
      gate: 'metro' | 'bus' | 'place'
      /**
       * which place; only where the gate is one
       */
      place?: string
      /**
       * whether it is on the list of free places
       */
      placeNamed?: boolean
    }
    answer: {
      /**
       * the last day of the code
       */
      until: string
    }
  }
}
