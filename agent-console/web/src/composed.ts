// What is sent of what was typed: the note, the answers to guided questions, and to whom it was handed over by voice, as one text that
// a unit reads from top to bottom. The routing sees the same text while one types.
import type { Guide } from "./types.js";

export interface GivenAnswer {
  label: string;
  text: string;
}
export interface VoiceHandover {
  to: string;
  at: string; // "10:42"
}

export function composed(note: string, answers: Record<string, GivenAnswer>, handovers: VoiceHandover[], line: (one: VoiceHandover) => string): string {
  const given = Object.values(answers).filter((answer) => answer.text.trim() !== "");
  const parts = [
    note.trim(),
    given.map((answer) => `${answer.label} : ${answer.text.trim()}`).join("\n"),
    handovers.map(line).join("\n"),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

// Answers belong to their topic's question: "age" of a child is not "age" of a grandmother.
export const answerKey = (guide: Guide, code: string): string => `${guide.topic}/${code}`;
