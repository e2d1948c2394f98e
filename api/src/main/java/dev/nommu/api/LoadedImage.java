package dev.nommu.api;

import java.util.Optional;

/**
 * Where the parts of a loaded image are.
 *
 * @param entry the address of the first instruction
 * @param stackPointer the address of the last word on the stack, in one of the mappings
 * @param startBrk where the heap begins
 * @param endBrk the highest value of the break; {@code startBrk} for a heap of no size
 * @param loadMap what PTRACE_GETFDPIC finds as the load map of the executable
 * @param interpreterLoadMap the same of its interpreter
 */
public record LoadedImage(
    long entry,
    long stackPointer,
    long startBrk,
    long endBrk,
    Optional<LoadMap> loadMap,
    Optional<LoadMap> interpreterLoadMap) {}
