@NullMarked
package dev.nommu.cli.campaign;

import org.jspecify.annotations.NullMarked;
