package dev.nommu.scenario;

import dev.nommu.kernel.task.Task;

/**
 * The maker of a call.
 *
 * @param task the process
 * @param machine the machine it runs on
 */
record Caller(Task task, MachinePort machine) {}
