/** The region of the sample town, which the start page leads to. */
export const sampleRegion = '441900102'
