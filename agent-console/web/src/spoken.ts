// A reference as it is read out on the phone: "K comme Kléber, 7, F comme François".
import { frOperator } from "./fr/operator.js";

export function spoken(reference: string): string {
  return [...reference.toUpperCase()]
    .filter((character) => /[0-9A-Z]/.test(character))
    .map((character) => (/[0-9]/.test(character) ? character : frOperator.like(character)))
    .join(", ");
}
