package dev.heed.runner;

import dev.heed.runner.audit.AuditCommand;
import dev.heed.runner.dataset.DatasetCommand;
import dev.heed.runner.demo.DemoCommand;
import dev.heed.runner.describe.TopicsCommand;
import dev.heed.runner.describe.TopologyCommand;
import dev.heed.runner.escalations.EscalationsCommand;
import dev.heed.runner.evaluate.EvaluateCommand;
import dev.heed.runner.gate.GateCommand;
import dev.heed.runner.ingest.IngestCommand;
import dev.heed.runner.loop.RunCommand;
import dev.heed.runner.loop.UpCommand;
import dev.heed.runner.policy.PolicyCommand;
import dev.heed.runner.reconcile.ReconcileCommand;
import dev.heed.runner.replay.ReplayCommand;
import dev.heed.runner.subject.SubjectCommand;
import dev.heed.runner.tail.TailCommand;
import dev.heed.runner.whatif.WhatIfCommand;
import java.util.List;

/** The commands of {@code heed}, in the order in which help lists them. */
final class Commands {
    static final List<Class<?>> ALL = List.of(
            DemoCommand.class,
            UpCommand.class,
            RunCommand.class,
            PolicyCommand.class,
            IngestCommand.class,
            TailCommand.class,
            EscalationsCommand.class,
            ReconcileCommand.class,
            DatasetCommand.class,
            GateCommand.class,
            ReplayCommand.class,
            AuditCommand.class,
            SubjectCommand.class,
            WhatIfCommand.class,
            TopicsCommand.class,
            TopologyCommand.class,
            EvaluateCommand.class);

    private Commands() {}
}
