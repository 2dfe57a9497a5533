import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { allHalls } from '@/api/places'
import { inOwnWords, type Language } from '@/i18n'
import { useLoaded } from '@/useLoaded'

/** The names of a hall, its services and its counters; ids stand in until they are known. */
export function useHall(id: MaybeRefOrGetter<string>) {
  const halls = useLoaded(null, allHalls)
  const hall = computed(() => halls.value.value?.find((known) => known.id === toValue(id)))
  const missing = computed(() => halls.value.value !== undefined && hall.value === undefined)
  const hallName = computed(() => (hall.value ? inOwnWords(hall.value.name) : toValue(id)))

  function serviceName(service: string): string {
    const known = hall.value?.services.find((one) => one.id === service)
    return known ? inOwnWords(known.name) : service
  }

  function counterName(counter: string, language?: Language): string {
    const known = hall.value?.counters.find((one) => one.id === counter)
    if (known === undefined) return counter
    return language === undefined ? inOwnWords(known.name) : known.name[language]
  }

  return { hall, hallName, missing, serviceName, counterName }
}

export type HallNames = ReturnType<typeof useHall>
