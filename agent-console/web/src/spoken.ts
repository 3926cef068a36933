// A reference as it is read out on the phone: "K comme Kléber, 7, F comme François".
import { operatorWords } from "#words/operator.js";

export function spoken(reference: string): string {
  return [...reference.toUpperCase()]
    .filter((character) => /[0-9A-Z]/.test(character))
    .map((character) => (/[0-9]/.test(character) ? character : operatorWords.like(character)))
    .join(", ");
}
