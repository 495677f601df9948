BEGIN TRANSACTION;
CREATE TABLE champions (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	outcome TEXT, 
	support_size INTEGER, 
	predictor TEXT, 
	best_baseline TEXT, 
	weights TEXT, 
	evidence TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "champions" VALUES('6a607368baa02f97',0,'bili',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('6a607368baa02f97',1,'bili',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',2,'bili',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',3,'bili',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',4,'bili',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',5,'albumin',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('6a607368baa02f97',6,'albumin',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',7,'albumin',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',8,'albumin',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',9,'albumin',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',10,'protime',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('6a607368baa02f97',11,'protime',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',12,'protime',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',13,'protime',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',14,'protime',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',15,'platelet',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('6a607368baa02f97',16,'platelet',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',17,'platelet',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',18,'platelet',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',19,'platelet',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',20,'alk_phos',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('6a607368baa02f97',21,'alk_phos',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',22,'alk_phos',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',23,'alk_phos',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',24,'alk_phos',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',25,'ast',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('6a607368baa02f97',26,'ast',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',27,'ast',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',28,'ast',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',29,'ast',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',30,'edema',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('6a607368baa02f97',31,'edema',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',32,'edema',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',33,'edema',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('6a607368baa02f97',34,'edema',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',0,'bili',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('31f981939a75bf86',1,'bili',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',2,'bili',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',3,'bili',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',4,'bili',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',5,'albumin',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('31f981939a75bf86',6,'albumin',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',7,'albumin',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',8,'albumin',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',9,'albumin',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',10,'protime',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('31f981939a75bf86',11,'protime',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',12,'protime',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',13,'protime',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',14,'protime',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',15,'platelet',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('31f981939a75bf86',16,'platelet',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',17,'platelet',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',18,'platelet',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',19,'platelet',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',20,'alk_phos',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('31f981939a75bf86',21,'alk_phos',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',22,'alk_phos',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',23,'alk_phos',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',24,'alk_phos',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',25,'ast',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('31f981939a75bf86',26,'ast',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',27,'ast',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',28,'ast',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',29,'ast',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',30,'edema',0,'population','population','{"population": 1.0}','With no own records no learner was better than population on tuning patients.');
INSERT INTO "champions" VALUES('31f981939a75bf86',31,'edema',1,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',32,'edema',2,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',33,'edema',3,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
INSERT INTO "champions" VALUES('31f981939a75bf86',34,'edema',6,'blend','boosted_lags','{"neural_process": 0.6, "boosted_lags": 0.4}','On 47 tuning patients its error was 5.1 % below boosted_lags (95 % interval 2.0 to 8.3 %).');
CREATE TABLE cohorts (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	cohort TEXT, 
	n_subjects INTEGER, 
	n_records INTEGER, 
	n_train INTEGER, 
	n_tuning INTEGER, 
	n_calibration INTEGER, 
	n_held_out INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "cohorts" VALUES('6a607368baa02f97',0,'placebo, stage 1-2',1,0,0,0,0,1);
INSERT INTO "cohorts" VALUES('6a607368baa02f97',1,'placebo, stage 3',2,4,2,0,0,0);
INSERT INTO "cohorts" VALUES('6a607368baa02f97',2,'placebo, stage 4',1,0,0,1,0,0);
INSERT INTO "cohorts" VALUES('6a607368baa02f97',3,'D-penicillamine, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('6a607368baa02f97',4,'D-penicillamine, stage 3',2,12,1,0,1,0);
INSERT INTO "cohorts" VALUES('6a607368baa02f97',5,'D-penicillamine, stage 4',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('31f981939a75bf86',0,'placebo, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('31f981939a75bf86',1,'placebo, stage 3',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('31f981939a75bf86',2,'placebo, stage 4',2,10,2,0,0,0);
INSERT INTO "cohorts" VALUES('31f981939a75bf86',3,'D-penicillamine, stage 1-2',0,0,0,0,0,0);
INSERT INTO "cohorts" VALUES('31f981939a75bf86',4,'D-penicillamine, stage 3',3,12,1,1,1,0);
INSERT INTO "cohorts" VALUES('31f981939a75bf86',5,'D-penicillamine, stage 4',1,3,0,0,0,1);
CREATE TABLE evaluation (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	study TEXT, 
	outcome TEXT, 
	predictor TEXT, 
	cohort TEXT, 
	support_size INTEGER, 
	metric TEXT, 
	value DOUBLE, 
	ci_low DOUBLE, 
	ci_high DOUBLE, 
	n_patients INTEGER, 
	n_predictions INTEGER, 
	unit TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "evaluation" VALUES('6a607368baa02f97',0,'pbc','bili','champion','all',-1,'mae',3.75198170470311842539e-01,3.52686280242093141978e-01,3.97710060698530543099e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',1,'pbc','bili','champion','all',-1,'crps',2.70142682738624517746e-01,2.53934121774307075547e-01,2.86351243702941959945e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',2,'pbc','bili','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',3,'pbc','bili','champion','all',-1,'width_90',1.53831249892827837122e+00,1.44601374899258172668e+00,1.63061124886397501576e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',4,'pbc','bili','champion','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',5,'pbc','bili','champion','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',6,'pbc','bili','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',7,'pbc','bili','champion','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',8,'pbc','bili','champion','all',2,'mae',3.92928470913589622526e-01,3.69352762658774258497e-01,0.416504179168405,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',9,'pbc','bili','champion','all',2,'crps',2.8290849905778453488e-01,2.65933989114317481661e-01,2.99883009001251588099e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',10,'pbc','bili','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',11,'pbc','bili','champion','all',2,'width_90',1.6110067307457172081e+00,1.51434632690097425999e+00,1.70766713459046015621e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',12,'pbc','bili','champion','placebo, stage 3',-1,'mae',3.56438261946796286494e-01,3.35051966229988507084e-01,3.77824557663604065904e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',13,'pbc','bili','champion','placebo, stage 3',-1,'crps',2.5663554860169329741e-01,2.41237415685591705116e-01,2.72033681517794889703e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',14,'pbc','bili','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',15,'pbc','bili','champion','placebo, stage 3',-1,'width_90',1.46139687398186457478e+00,1.37371306154295269585e+00,1.54908068642077645371e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',16,'pbc','bili','bayesian_head','all',-1,'mae',0.389511782877322,3.66141075904682700148e-01,4.1288248984996134272e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',17,'pbc','bili','bayesian_head','all',-1,'crps',2.80448483671671855432e-01,2.63621574651371537445e-01,2.9727539269197217342e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',18,'pbc','bili','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',19,'pbc','bili','bayesian_head','all',-1,'width_90',1.59699830979702017685e+00,1.5011784112091990373e+00,1.69281820838484131641e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',20,'pbc','bili','bayesian_head','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',21,'pbc','bili','bayesian_head','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',22,'pbc','bili','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',23,'pbc','bili','bayesian_head','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',24,'pbc','bili','bayesian_head','all',2,'mae',4.06283688702044287754e-01,3.81906667379921627158e-01,4.3066071002416694835e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',25,'pbc','bili','bayesian_head','all',2,'crps',2.9252425586547187164e-01,2.74972800513543558231e-01,3.10075711217400185049e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',26,'pbc','bili','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',27,'pbc','bili','bayesian_head','all',2,'width_90',1.66576312367838141881e+00,1.56581733625767860473e+00,1.76570891109908423288e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',28,'pbc','bili','bayesian_head','placebo, stage 3',-1,'mae',3.70036193733455920362e-01,3.47834022109448581794e-01,3.92238365357463258931e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',29,'pbc','bili','bayesian_head','placebo, stage 3',-1,'crps',2.66426059488088229354e-01,2.50440495918802907837e-01,2.82411623057373550871e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',30,'pbc','bili','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',31,'pbc','bili','bayesian_head','placebo, stage 3',-1,'width_90',1.51714839430716907919e+00,1.42611949064873888559e+00,1.60817729796559927279e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',32,'pbc','bili','last_value','all',-1,'mae',4.25295813894847496428e-01,3.99778065061156651083e-01,4.50813562728538341772e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',33,'pbc','bili','last_value','all',-1,'crps',3.06212986004290199648e-01,2.87840206844032775457e-01,3.2458576516454762384e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',34,'pbc','bili','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',35,'pbc','bili','last_value','all',-1,'width_90',1.74371283696887457992e+00,1.63909006675074220282e+00,1.84833560718700695701e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',36,'pbc','bili','last_value','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',37,'pbc','bili','last_value','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',38,'pbc','bili','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',39,'pbc','bili','last_value','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',40,'pbc','bili','last_value','all',2,'mae',4.39671733173180812048e-01,4.1329142918278993779e-01,4.66052037163571686306e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',41,'pbc','bili','last_value','all',2,'crps',3.16563647884690158029e-01,2.97569829011608777413e-01,3.35557466757771538645e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',42,'pbc','bili','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',43,'pbc','bili','last_value','all',2,'width_90',1.80265410601004116841e+00,1.69449485964943868943e+00,1.9108133523706436474e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',44,'pbc','bili','last_value','placebo, stage 3',-1,'mae',4.04031023200105143811e-01,3.79789161808098851835e-01,4.28272884592111435786e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',45,'pbc','bili','last_value','placebo, stage 3',-1,'crps',2.90902336704075670237e-01,2.73448196501831108928e-01,3.08356476906320231545e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',46,'pbc','bili','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',47,'pbc','bili','last_value','placebo, stage 3',-1,'width_90',1.65652719512043100635e+00,1.55713556341320513709e+00,1.75591882682765687562e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',48,'pbc','bili','un_adapted','all',-1,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',49,'pbc','bili','un_adapted','all',-1,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',50,'pbc','bili','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',51,'pbc','bili','un_adapted','all',-1,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',52,'pbc','bili','un_adapted','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',53,'pbc','bili','un_adapted','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',54,'pbc','bili','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',55,'pbc','bili','un_adapted','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',56,'pbc','bili','un_adapted','all',2,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',57,'pbc','bili','un_adapted','all',2,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',58,'pbc','bili','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',59,'pbc','bili','un_adapted','all',2,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',60,'pbc','bili','un_adapted','placebo, stage 3',-1,'mae',6.08000000000000206945e-01,5.71520000000000250039e-01,6.44480000000000163851e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',61,'pbc','bili','un_adapted','placebo, stage 3',-1,'crps',4.37760000000000149e-01,4.11494400000000148942e-01,4.64025600000000149059e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',62,'pbc','bili','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',63,'pbc','bili','un_adapted','placebo, stage 3',-1,'width_90',2.49280000000000079296e+00,2.34323200000000086973e+00,2.64236800000000071619e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',64,'pbc','all','champion','all',-1,'mae',5.15897484396678818185e-01,4.84943635332878097976e-01,5.46851333460479538395e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',65,'pbc','all','champion','all',-1,'crps',3.71446188765608753534e-01,3.49159417439672215e-01,3.93732960091545292069e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',66,'pbc','all','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',67,'pbc','all','champion','all',-1,'width_90',2.11517968602638317676e+00,1.98826890486480012398e+00,2.24209046718796622954e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',68,'pbc','all','champion','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',69,'pbc','all','champion','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',70,'pbc','all','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',71,'pbc','all','champion','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',72,'pbc','all','champion','all',2,'mae',5.40276647506185758729e-01,5.07860048655814577678e-01,5.7269324635655693978e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',73,'pbc','all','champion','all',2,'crps',3.88999186204453728521e-01,3.65659235032186502589e-01,4.12339137376720954453e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',74,'pbc','all','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',75,'pbc','all','champion','all',2,'width_90',2.21513425477536163299e+00,2.08222619948884,2.34804231006188324215e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',76,'pbc','all','champion','placebo, stage 3',-1,'mae',4.90102610176844921685e-01,4.60696453566234231935e-01,5.19508766787455611435e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',77,'pbc','all','champion','placebo, stage 3',-1,'crps',3.52873879327328332511e-01,3.3170144656768862923e-01,3.74046312086968035792e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',78,'pbc','all','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',79,'pbc','all','champion','placebo, stage 3',-1,'width_90',2.00942070172506381808e+00,1.88885545962156,2.12998594382856776263e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',80,'pbc','all','bayesian_head','all',-1,'mae',5.35578701456317807227e-01,5.03443979368938698826e-01,5.67713423543696915629e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',81,'pbc','all','bayesian_head','all',-1,'crps',3.8561666504854880122e-01,3.62479665145635898682e-01,4.08753664951461703758e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',82,'pbc','all','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',83,'pbc','all','bayesian_head','all',-1,'width_90',2.1958726759709028542e+00,2.06412031541264884282e+00,2.32762503652915686558e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',84,'pbc','all','bayesian_head','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',85,'pbc','all','bayesian_head','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',86,'pbc','all','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',87,'pbc','all','bayesian_head','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',88,'pbc','all','bayesian_head','all',2,'mae',0.558640071965311,5.2512166764739232061e-01,5.92158476283229595615e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',89,'pbc','all','bayesian_head','all',2,'crps',4.02220851815023872077e-01,3.78087600706122461957e-01,4.26354102923925282198e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',90,'pbc','all','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',91,'pbc','all','bayesian_head','all',2,'width_90',2.29042429505777489495e+00,2.15299883735430830355e+00,2.42784975276124148635e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',92,'pbc','all','bayesian_head','placebo, stage 3',-1,'mae',0.508799766383502,4.78271780400491897111e-01,5.39327752366512092052e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',93,'pbc','all','bayesian_head','placebo, stage 3',-1,'crps',3.66335831796121447201e-01,3.44355681888354137054e-01,3.88315981703888757348e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',94,'pbc','all','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',95,'pbc','all','bayesian_head','placebo, stage 3',-1,'width_90',2.08607904217235784471e+00,1.96091429964201635627e+00,2.21124378470269933316e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',96,'pbc','all','last_value','all',-1,'mae',5.84781744105415279832e-01,5.49694839459090367483e-01,6.19868648751740192182e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',97,'pbc','all','last_value','all',-1,'crps',0.421042855755899,3.95780284410545080131e-01,4.46305427101252927268e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',98,'pbc','all','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',99,'pbc','all','last_value','all',-1,'width_90',2.39760515083220226983e+00,2.25374884178227,2.5414614598821345659e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',100,'pbc','all','last_value','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',101,'pbc','all','last_value','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',102,'pbc','all','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',103,'pbc','all','last_value','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',104,'pbc','all','last_value','all',2,'mae',6.04548633113123679017e-01,5.68275715126336233851e-01,6.40821551099911124182e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',105,'pbc','all','last_value','all',2,'crps',0.435275015841449,4.09158514890962055066e-01,4.61391516791935962782e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',106,'pbc','all','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',107,'pbc','all','last_value','all',2,'width_90',2.47864939576380693964e+00,2.32993043201797833674e+00,2.62736835950963554253e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',108,'pbc','all','last_value','placebo, stage 3',-1,'mae',5.55542656900144593556e-01,5.22210097486135893518e-01,5.88875216314153293595e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',109,'pbc','all','last_value','placebo, stage 3',-1,'crps',3.99990712968104067392e-01,3.75991270190017823349e-01,4.23990155746190311436e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',110,'pbc','all','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',111,'pbc','all','last_value','placebo, stage 3',-1,'width_90',2.27772489329059268925e+00,2.14106139969315734106e+00,2.41438838688802803744e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',112,'pbc','all','un_adapted','all',-1,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',113,'pbc','all','un_adapted','all',-1,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',114,'pbc','all','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',115,'pbc','all','un_adapted','all',-1,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',116,'pbc','all','un_adapted','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',117,'pbc','all','un_adapted','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',118,'pbc','all','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',119,'pbc','all','un_adapted','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',120,'pbc','all','un_adapted','all',2,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',121,'pbc','all','un_adapted','all',2,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',122,'pbc','all','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',123,'pbc','all','un_adapted','all',2,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',124,'pbc','all','un_adapted','placebo, stage 3',-1,'mae',8.36000000000000187405e-01,7.85840000000000205027e-01,8.86160000000000169784e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',125,'pbc','all','un_adapted','placebo, stage 3',-1,'crps',6.01920000000000121609e-01,5.65804800000000107651e-01,6.38035200000000135567e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',126,'pbc','all','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',127,'pbc','all','un_adapted','placebo, stage 3',-1,'width_90',3.42760000000000042419e+00,3.22194400000000058525e+00,3.63325600000000026312e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',128,'pbc','edema','champion','all',-1,'auroc',8.24960365905937687003e-01,7.75462743951581434664e-01,8.74457987860293939341e-01,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',129,'pbc','edema','champion','all',-1,'brier',1.26255945114109369153e-01,1.18680588407262810335e-01,1.33831301820955927972e-01,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',130,'pbc','edema','champion','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',131,'pbc','edema','champion','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',132,'pbc','edema','champion','all',2,'auroc',8.21414305817282142108e-01,7.72129447468245189156e-01,8.70699164166319095059e-01,62,124,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',133,'pbc','edema','champion','all',2,'brier',1.26787854127407673132e-01,1.19180582879763213854e-01,1.3439512537505213241e-01,62,124,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',134,'pbc','edema','bayesian_head','all',-1,'auroc',8.22097643424535617917e-01,7.72771784819063500826e-01,8.71423502030007735008e-01,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',135,'pbc','edema','bayesian_head','all',-1,'brier',1.26685353486319651761e-01,1.19084232277140475431e-01,1.34286474695498841969e-01,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',136,'pbc','edema','bayesian_head','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',137,'pbc','edema','bayesian_head','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',138,'pbc','edema','bayesian_head','all',2,'auroc',8.18743262259591153551e-01,7.69618666524015671015e-01,8.67867857995166636086e-01,62,124,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',139,'pbc','edema','bayesian_head','all',2,'brier',1.27188510661061349171e-01,1.1955720002139766378e-01,1.34819821300725034562e-01,62,124,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',140,'pbc','edema','last_value','all',-1,'auroc',8.14940837221030500714e-01,7.6604438698776866623e-01,8.63837287454292335198e-01,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',141,'pbc','edema','last_value','all',-1,'brier',1.2775887441684541379e-01,1.20093341951834686742e-01,1.35424406881856140838e-01,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',142,'pbc','edema','last_value','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',143,'pbc','edema','last_value','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',144,'pbc','edema','last_value','all',2,'auroc',8.12065653365363848692e-01,0.763341714163442,8.607895925672857107e-01,62,124,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',145,'pbc','edema','last_value','all',2,'brier',1.28190151995195428247e-01,1.20498742875483705327e-01,1.35881561114907151166e-01,62,124,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',146,'pbc','edema','un_adapted','all',-1,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',147,'pbc','edema','un_adapted','all',-1,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',148,'pbc','edema','un_adapted','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',149,'pbc','edema','un_adapted','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',150,'pbc','edema','un_adapted','all',2,'auroc',0.772,0.72568,0.81832,62,124,'');
INSERT INTO "evaluation" VALUES('6a607368baa02f97',151,'pbc','edema','un_adapted','all',2,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,124,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',0,'pbc','bili','champion','all',-1,'mae',3.75198170470311842539e-01,3.52686280242093141978e-01,3.97710060698530543099e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',1,'pbc','bili','champion','all',-1,'crps',2.70142682738624517746e-01,2.53934121774307075547e-01,2.86351243702941959945e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',2,'pbc','bili','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',3,'pbc','bili','champion','all',-1,'width_90',1.53831249892827837122e+00,1.44601374899258172668e+00,1.63061124886397501576e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',4,'pbc','bili','champion','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',5,'pbc','bili','champion','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',6,'pbc','bili','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',7,'pbc','bili','champion','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',8,'pbc','bili','champion','all',2,'mae',3.92928470913589622526e-01,3.69352762658774258497e-01,0.416504179168405,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',9,'pbc','bili','champion','all',2,'crps',2.8290849905778453488e-01,2.65933989114317481661e-01,2.99883009001251588099e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',10,'pbc','bili','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',11,'pbc','bili','champion','all',2,'width_90',1.6110067307457172081e+00,1.51434632690097425999e+00,1.70766713459046015621e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',12,'pbc','bili','champion','placebo, stage 3',-1,'mae',3.56438261946796286494e-01,3.35051966229988507084e-01,3.77824557663604065904e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',13,'pbc','bili','champion','placebo, stage 3',-1,'crps',2.5663554860169329741e-01,2.41237415685591705116e-01,2.72033681517794889703e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',14,'pbc','bili','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',15,'pbc','bili','champion','placebo, stage 3',-1,'width_90',1.46139687398186457478e+00,1.37371306154295269585e+00,1.54908068642077645371e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',16,'pbc','bili','bayesian_head','all',-1,'mae',0.389511782877322,3.66141075904682700148e-01,4.1288248984996134272e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',17,'pbc','bili','bayesian_head','all',-1,'crps',2.80448483671671855432e-01,2.63621574651371537445e-01,2.9727539269197217342e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',18,'pbc','bili','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',19,'pbc','bili','bayesian_head','all',-1,'width_90',1.59699830979702017685e+00,1.5011784112091990373e+00,1.69281820838484131641e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',20,'pbc','bili','bayesian_head','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',21,'pbc','bili','bayesian_head','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',22,'pbc','bili','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',23,'pbc','bili','bayesian_head','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',24,'pbc','bili','bayesian_head','all',2,'mae',4.06283688702044287754e-01,3.81906667379921627158e-01,4.3066071002416694835e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',25,'pbc','bili','bayesian_head','all',2,'crps',2.9252425586547187164e-01,2.74972800513543558231e-01,3.10075711217400185049e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',26,'pbc','bili','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',27,'pbc','bili','bayesian_head','all',2,'width_90',1.66576312367838141881e+00,1.56581733625767860473e+00,1.76570891109908423288e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',28,'pbc','bili','bayesian_head','placebo, stage 3',-1,'mae',3.70036193733455920362e-01,3.47834022109448581794e-01,3.92238365357463258931e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',29,'pbc','bili','bayesian_head','placebo, stage 3',-1,'crps',2.66426059488088229354e-01,2.50440495918802907837e-01,2.82411623057373550871e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',30,'pbc','bili','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',31,'pbc','bili','bayesian_head','placebo, stage 3',-1,'width_90',1.51714839430716907919e+00,1.42611949064873888559e+00,1.60817729796559927279e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',32,'pbc','bili','last_value','all',-1,'mae',4.25295813894847496428e-01,3.99778065061156651083e-01,4.50813562728538341772e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',33,'pbc','bili','last_value','all',-1,'crps',3.06212986004290199648e-01,2.87840206844032775457e-01,3.2458576516454762384e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',34,'pbc','bili','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',35,'pbc','bili','last_value','all',-1,'width_90',1.74371283696887457992e+00,1.63909006675074220282e+00,1.84833560718700695701e+00,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',36,'pbc','bili','last_value','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',37,'pbc','bili','last_value','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',38,'pbc','bili','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',39,'pbc','bili','last_value','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',40,'pbc','bili','last_value','all',2,'mae',4.39671733173180812048e-01,4.1329142918278993779e-01,4.66052037163571686306e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',41,'pbc','bili','last_value','all',2,'crps',3.16563647884690158029e-01,2.97569829011608777413e-01,3.35557466757771538645e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',42,'pbc','bili','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',43,'pbc','bili','last_value','all',2,'width_90',1.80265410601004116841e+00,1.69449485964943868943e+00,1.9108133523706436474e+00,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',44,'pbc','bili','last_value','placebo, stage 3',-1,'mae',4.04031023200105143811e-01,3.79789161808098851835e-01,4.28272884592111435786e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',45,'pbc','bili','last_value','placebo, stage 3',-1,'crps',2.90902336704075670237e-01,2.73448196501831108928e-01,3.08356476906320231545e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',46,'pbc','bili','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',47,'pbc','bili','last_value','placebo, stage 3',-1,'width_90',1.65652719512043100635e+00,1.55713556341320513709e+00,1.75591882682765687562e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',48,'pbc','bili','un_adapted','all',-1,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',49,'pbc','bili','un_adapted','all',-1,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',50,'pbc','bili','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',51,'pbc','bili','un_adapted','all',-1,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',52,'pbc','bili','un_adapted','all',0,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',53,'pbc','bili','un_adapted','all',0,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',54,'pbc','bili','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',55,'pbc','bili','un_adapted','all',0,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',56,'pbc','bili','un_adapted','all',2,'mae',6.40000000000000124344e-01,6.01600000000000134647e-01,6.78400000000000114042e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',57,'pbc','bili','un_adapted','all',2,'crps',4.6080000000000009841e-01,4.33152000000000092505e-01,4.88448000000000104314e-01,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',58,'pbc','bili','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',59,'pbc','bili','un_adapted','all',2,'width_90',2.624,2.4665600000000003078e+00,2.78144,62,124,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',60,'pbc','bili','un_adapted','placebo, stage 3',-1,'mae',6.08000000000000206945e-01,5.71520000000000250039e-01,6.44480000000000163851e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',61,'pbc','bili','un_adapted','placebo, stage 3',-1,'crps',4.37760000000000149e-01,4.11494400000000148942e-01,4.64025600000000149059e-01,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',62,'pbc','bili','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',63,'pbc','bili','un_adapted','placebo, stage 3',-1,'width_90',2.49280000000000079296e+00,2.34323200000000086973e+00,2.64236800000000071619e+00,11,62,'mg/dL');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',64,'pbc','all','champion','all',-1,'mae',5.15897484396678818185e-01,4.84943635332878097976e-01,5.46851333460479538395e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',65,'pbc','all','champion','all',-1,'crps',3.71446188765608753534e-01,3.49159417439672215e-01,3.93732960091545292069e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',66,'pbc','all','champion','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',67,'pbc','all','champion','all',-1,'width_90',2.11517968602638317676e+00,1.98826890486480012398e+00,2.24209046718796622954e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',68,'pbc','all','champion','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',69,'pbc','all','champion','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',70,'pbc','all','champion','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',71,'pbc','all','champion','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',72,'pbc','all','champion','all',2,'mae',5.40276647506185758729e-01,5.07860048655814577678e-01,5.7269324635655693978e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',73,'pbc','all','champion','all',2,'crps',3.88999186204453728521e-01,3.65659235032186502589e-01,4.12339137376720954453e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',74,'pbc','all','champion','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',75,'pbc','all','champion','all',2,'width_90',2.21513425477536163299e+00,2.08222619948884,2.34804231006188324215e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',76,'pbc','all','champion','placebo, stage 3',-1,'mae',4.90102610176844921685e-01,4.60696453566234231935e-01,5.19508766787455611435e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',77,'pbc','all','champion','placebo, stage 3',-1,'crps',3.52873879327328332511e-01,3.3170144656768862923e-01,3.74046312086968035792e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',78,'pbc','all','champion','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',79,'pbc','all','champion','placebo, stage 3',-1,'width_90',2.00942070172506381808e+00,1.88885545962156,2.12998594382856776263e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',80,'pbc','all','bayesian_head','all',-1,'mae',5.35578701456317807227e-01,5.03443979368938698826e-01,5.67713423543696915629e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',81,'pbc','all','bayesian_head','all',-1,'crps',3.8561666504854880122e-01,3.62479665145635898682e-01,4.08753664951461703758e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',82,'pbc','all','bayesian_head','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',83,'pbc','all','bayesian_head','all',-1,'width_90',2.1958726759709028542e+00,2.06412031541264884282e+00,2.32762503652915686558e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',84,'pbc','all','bayesian_head','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',85,'pbc','all','bayesian_head','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',86,'pbc','all','bayesian_head','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',87,'pbc','all','bayesian_head','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',88,'pbc','all','bayesian_head','all',2,'mae',0.558640071965311,5.2512166764739232061e-01,5.92158476283229595615e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',89,'pbc','all','bayesian_head','all',2,'crps',4.02220851815023872077e-01,3.78087600706122461957e-01,4.26354102923925282198e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',90,'pbc','all','bayesian_head','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',91,'pbc','all','bayesian_head','all',2,'width_90',2.29042429505777489495e+00,2.15299883735430830355e+00,2.42784975276124148635e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',92,'pbc','all','bayesian_head','placebo, stage 3',-1,'mae',0.508799766383502,4.78271780400491897111e-01,5.39327752366512092052e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',93,'pbc','all','bayesian_head','placebo, stage 3',-1,'crps',3.66335831796121447201e-01,3.44355681888354137054e-01,3.88315981703888757348e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',94,'pbc','all','bayesian_head','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',95,'pbc','all','bayesian_head','placebo, stage 3',-1,'width_90',2.08607904217235784471e+00,1.96091429964201635627e+00,2.21124378470269933316e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',96,'pbc','all','last_value','all',-1,'mae',5.84781744105415279832e-01,5.49694839459090367483e-01,6.19868648751740192182e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',97,'pbc','all','last_value','all',-1,'crps',0.421042855755899,3.95780284410545080131e-01,4.46305427101252927268e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',98,'pbc','all','last_value','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',99,'pbc','all','last_value','all',-1,'width_90',2.39760515083220226983e+00,2.25374884178227,2.5414614598821345659e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',100,'pbc','all','last_value','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',101,'pbc','all','last_value','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',102,'pbc','all','last_value','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',103,'pbc','all','last_value','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',104,'pbc','all','last_value','all',2,'mae',6.04548633113123679017e-01,5.68275715126336233851e-01,6.40821551099911124182e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',105,'pbc','all','last_value','all',2,'crps',0.435275015841449,4.09158514890962055066e-01,4.61391516791935962782e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',106,'pbc','all','last_value','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',107,'pbc','all','last_value','all',2,'width_90',2.47864939576380693964e+00,2.32993043201797833674e+00,2.62736835950963554253e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',108,'pbc','all','last_value','placebo, stage 3',-1,'mae',5.55542656900144593556e-01,5.22210097486135893518e-01,5.88875216314153293595e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',109,'pbc','all','last_value','placebo, stage 3',-1,'crps',3.99990712968104067392e-01,3.75991270190017823349e-01,4.23990155746190311436e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',110,'pbc','all','last_value','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',111,'pbc','all','last_value','placebo, stage 3',-1,'width_90',2.27772489329059268925e+00,2.14106139969315734106e+00,2.41438838688802803744e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',112,'pbc','all','un_adapted','all',-1,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',113,'pbc','all','un_adapted','all',-1,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',114,'pbc','all','un_adapted','all',-1,'coverage_90',0.905,0.875,0.935,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',115,'pbc','all','un_adapted','all',-1,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',116,'pbc','all','un_adapted','all',0,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',117,'pbc','all','un_adapted','all',0,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',118,'pbc','all','un_adapted','all',0,'coverage_90',0.895,0.865,0.925,62,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',119,'pbc','all','un_adapted','all',0,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',120,'pbc','all','un_adapted','all',2,'mae',8.80000000000000115463e-01,8.27200000000000157385e-01,9.32800000000000073541e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',121,'pbc','all','un_adapted','all',2,'crps',0.6336,0.595584,6.71616000000000101799e-01,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',122,'pbc','all','un_adapted','all',2,'coverage_90',0.913,0.883,9.43000000000000060396e-01,62,124,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',123,'pbc','all','un_adapted','all',2,'width_90',3.608,3.39152,3.82448000000000032372e+00,62,124,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',124,'pbc','all','un_adapted','placebo, stage 3',-1,'mae',8.36000000000000187405e-01,7.85840000000000205027e-01,8.86160000000000169784e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',125,'pbc','all','un_adapted','placebo, stage 3',-1,'crps',6.01920000000000121609e-01,5.65804800000000107651e-01,6.38035200000000135567e-01,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',126,'pbc','all','un_adapted','placebo, stage 3',-1,'coverage_90',0.905,0.875,0.935,11,62,'share');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',127,'pbc','all','un_adapted','placebo, stage 3',-1,'width_90',3.42760000000000042419e+00,3.22194400000000058525e+00,3.63325600000000026312e+00,11,62,'sd');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',128,'pbc','edema','champion','all',-1,'auroc',8.24960365905937687003e-01,7.75462743951581434664e-01,8.74457987860293939341e-01,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',129,'pbc','edema','champion','all',-1,'brier',1.26255945114109369153e-01,1.18680588407262810335e-01,1.33831301820955927972e-01,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',130,'pbc','edema','champion','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',131,'pbc','edema','champion','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',132,'pbc','edema','champion','all',2,'auroc',8.21414305817282142108e-01,7.72129447468245189156e-01,8.70699164166319095059e-01,62,124,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',133,'pbc','edema','champion','all',2,'brier',1.26787854127407673132e-01,1.19180582879763213854e-01,1.3439512537505213241e-01,62,124,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',134,'pbc','edema','bayesian_head','all',-1,'auroc',8.22097643424535617917e-01,7.72771784819063500826e-01,8.71423502030007735008e-01,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',135,'pbc','edema','bayesian_head','all',-1,'brier',1.26685353486319651761e-01,1.19084232277140475431e-01,1.34286474695498841969e-01,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',136,'pbc','edema','bayesian_head','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',137,'pbc','edema','bayesian_head','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',138,'pbc','edema','bayesian_head','all',2,'auroc',8.18743262259591153551e-01,7.69618666524015671015e-01,8.67867857995166636086e-01,62,124,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',139,'pbc','edema','bayesian_head','all',2,'brier',1.27188510661061349171e-01,1.1955720002139766378e-01,1.34819821300725034562e-01,62,124,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',140,'pbc','edema','last_value','all',-1,'auroc',8.14940837221030500714e-01,7.6604438698776866623e-01,8.63837287454292335198e-01,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',141,'pbc','edema','last_value','all',-1,'brier',1.2775887441684541379e-01,1.20093341951834686742e-01,1.35424406881856140838e-01,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',142,'pbc','edema','last_value','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',143,'pbc','edema','last_value','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',144,'pbc','edema','last_value','all',2,'auroc',8.12065653365363848692e-01,0.763341714163442,8.607895925672857107e-01,62,124,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',145,'pbc','edema','last_value','all',2,'brier',1.28190151995195428247e-01,1.20498742875483705327e-01,1.35881561114907151166e-01,62,124,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',146,'pbc','edema','un_adapted','all',-1,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',147,'pbc','edema','un_adapted','all',-1,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',148,'pbc','edema','un_adapted','all',0,'auroc',0.772,0.72568,0.81832,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',149,'pbc','edema','un_adapted','all',0,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,62,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',150,'pbc','edema','un_adapted','all',2,'auroc',0.772,0.72568,0.81832,62,124,'');
INSERT INTO "evaluation" VALUES('31f981939a75bf86',151,'pbc','edema','un_adapted','all',2,'brier',1.34199999999999985966e-01,1.26147999999999982367e-01,0.142252,62,124,'');
CREATE TABLE findings (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	code TEXT, 
	severity TEXT, 
	rule TEXT, 
	source TEXT, 
	"column" TEXT, 
	cohort TEXT, 
	count INTEGER, 
	share DOUBLE, 
	message TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "findings" VALUES('6a607368baa02f97',0,'Q_DUPLICATE_KEY','critical','one row a patient and day','visits','id','all',4,0.006,'4 rows share patient and day with another row and differ; all of them are set aside.');
INSERT INTO "findings" VALUES('6a607368baa02f97',1,'Q_RANGE','warning','platelet between 5 and 1500','visits','platelet','all',10,0.016,'10 values of platelet are outside what is possible; their rows are set aside.');
INSERT INTO "findings" VALUES('6a607368baa02f97',2,'W_MISSING','warning','chol may be missing','visits','chol','placebo, stage 4',221,0.345,'Cholesterol is missing in 34.5 % of the rows of one cohort, 20.1 % elsewhere.');
INSERT INTO "findings" VALUES('6a607368baa02f97',3,'N_CASE','info','sex is f or m','visits','sex','all',12,0.019,'12 values were written in capitals and taken as f or m.');
INSERT INTO "findings" VALUES('31f981939a75bf86',0,'Q_DUPLICATE_KEY','critical','one row a patient and day','visits','id','all',4,0.006,'4 rows share patient and day with another row and differ; all of them are set aside.');
INSERT INTO "findings" VALUES('31f981939a75bf86',1,'Q_RANGE','warning','platelet between 5 and 1500','visits','platelet','all',10,0.016,'10 values of platelet are outside what is possible; their rows are set aside.');
INSERT INTO "findings" VALUES('31f981939a75bf86',2,'W_MISSING','warning','chol may be missing','visits','chol','placebo, stage 4',221,0.345,'Cholesterol is missing in 34.5 % of the rows of one cohort, 20.1 % elsewhere.');
INSERT INTO "findings" VALUES('31f981939a75bf86',3,'N_CASE','info','sex is f or m','visits','sex','all',12,0.019,'12 values were written in capitals and taken as f or m.');
CREATE TABLE guards (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	guard TEXT, 
	rule TEXT, 
	cut_off DOUBLE, 
	false_alarms DOUBLE, 
	n_calibration INTEGER, 
	n_flagged INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "guards" VALUES('6a607368baa02f97',0,'trajectory','The newest own value lies farther from what the earlier ones let expect than most do.',1.84,0.05,47,5);
INSERT INTO "guards" VALUES('6a607368baa02f97',1,'divergence','Adaptation took a learner far away from all other predictors.',2.9,0.02,47,1);
INSERT INTO "guards" VALUES('31f981939a75bf86',0,'trajectory','The newest own value lies farther from what the earlier ones let expect than most do.',1.84,0.05,47,5);
INSERT INTO "guards" VALUES('31f981939a75bf86',1,'divergence','Adaptation took a learner far away from all other predictors.',2.9,0.02,47,1);
CREATE TABLE head (
	study TEXT NOT NULL, 
	release_id VARCHAR(16) NOT NULL, 
	sequence INTEGER NOT NULL, 
	PRIMARY KEY (study)
);
INSERT INTO "head" VALUES('pbc','6a607368baa02f97',5);
CREATE TABLE journal (
	sequence INTEGER NOT NULL, 
	study TEXT NOT NULL, 
	release_id VARCHAR(16) NOT NULL, 
	action TEXT NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	PRIMARY KEY (sequence)
);
INSERT INTO "journal" VALUES(1,'pbc','6a607368baa02f97','stage','2026-11-20T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(2,'pbc','6a607368baa02f97','promote','2026-11-20T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(3,'pbc','31f981939a75bf86','stage','2026-11-21T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(4,'pbc','31f981939a75bf86','promote','2026-11-21T03:00:00+00:00','meta-med');
INSERT INTO "journal" VALUES(5,'pbc','6a607368baa02f97','rollback','2026-11-22T03:00:00+00:00','steward: wrong units');
CREATE TABLE outcomes (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	name TEXT, 
	label TEXT, 
	kind TEXT, 
	unit TEXT, 
	scale TEXT, 
	reference_low DOUBLE, 
	reference_high DOUBLE, 
	position INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "outcomes" VALUES('6a607368baa02f97',0,'bili','Bilirubin','continuous','mg/dL','log',0.1,1.2,0);
INSERT INTO "outcomes" VALUES('6a607368baa02f97',1,'albumin','Albumin','continuous','g/dL','identity',3.5,5.0,1);
INSERT INTO "outcomes" VALUES('6a607368baa02f97',2,'protime','Prothrombin time','continuous','s','log',9.5,12.0,2);
INSERT INTO "outcomes" VALUES('6a607368baa02f97',3,'platelet','Platelets','continuous','10^9/L','identity',150.0,400.0,3);
INSERT INTO "outcomes" VALUES('6a607368baa02f97',4,'alk_phos','Alkaline phosphatase','continuous','U/L','log',40.0,130.0,4);
INSERT INTO "outcomes" VALUES('6a607368baa02f97',5,'ast','Aspartate aminotransferase (AST)','continuous','U/L','log',8.0,40.0,5);
INSERT INTO "outcomes" VALUES('6a607368baa02f97',6,'edema','Oedema or ascites','binary','','identity',NULL,NULL,6);
INSERT INTO "outcomes" VALUES('31f981939a75bf86',0,'bili','Bilirubin','continuous','mg/dL','log',0.1,1.2,0);
INSERT INTO "outcomes" VALUES('31f981939a75bf86',1,'albumin','Albumin','continuous','g/dL','identity',3.5,5.0,1);
INSERT INTO "outcomes" VALUES('31f981939a75bf86',2,'protime','Prothrombin time','continuous','s','log',9.5,12.0,2);
INSERT INTO "outcomes" VALUES('31f981939a75bf86',3,'platelet','Platelets','continuous','10^9/L','identity',150.0,400.0,3);
INSERT INTO "outcomes" VALUES('31f981939a75bf86',4,'alk_phos','Alkaline phosphatase','continuous','U/L','log',40.0,130.0,4);
INSERT INTO "outcomes" VALUES('31f981939a75bf86',5,'ast','Aspartate aminotransferase (AST)','continuous','U/L','log',8.0,40.0,5);
INSERT INTO "outcomes" VALUES('31f981939a75bf86',6,'edema','Oedema or ascites','binary','','identity',NULL,NULL,6);
CREATE TABLE predictions (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT, 
	outcome TEXT, 
	predicted_time_days DOUBLE, 
	mean DOUBLE, 
	lower_50 DOUBLE, 
	upper_50 DOUBLE, 
	lower_80 DOUBLE, 
	upper_80 DOUBLE, 
	lower_90 DOUBLE, 
	upper_90 DOUBLE, 
	probability DOUBLE, 
	unadapted_mean DOUBLE, 
	unadapted_lower_90 DOUBLE, 
	unadapted_upper_90 DOUBLE, 
	unadapted_probability DOUBLE, 
	predictor TEXT, 
	support_size INTEGER, 
	newest_value_age_days DOUBLE, 
	status TEXT, 
	reason TEXT, 
	flags TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "predictions" VALUES('6a607368baa02f97',0,'P0001','bili',2.33760000000000036377e+03,3.2213,2.6779,3.8751,2.2667,4.5779,2.052,5.0569,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',1,'P0001','albumin',2.33760000000000036377e+03,2.1662,2.0151,2.3174,1.8787,2.4538,1.7973,2.5352,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',2,'P0001','protime',2.33760000000000036377e+03,12.6252,12.1965,13.0689,11.8224,13.4826,11.6045,13.7357,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',3,'P0001','platelet',2.33760000000000036377e+03,212.04,185.4457,238.6343,161.4555,262.6245,147.1325,276.9475,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',4,'P0001','alk_phos',2.33760000000000036377e+03,800.0451,671.7679,952.8175,573.7938,1115.5091,522.2525,1225.5992,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',5,'P0001','ast',2.33760000000000036377e+03,82.6657,69.5533,98.2502,59.5188,114.8145,54.2322,126.0069,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',6,'P0001','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.375,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',7,'P0002','bili',1022.7,1.3455,1.0726,1.6879,0.8742,2.0708,0.7737,2.3397,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('6a607368baa02f97',8,'P0002','albumin',1022.7,3.4825,3.3229,3.6421,3.179,3.786,3.093,3.872,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training. The newest value is much lower than the earlier ones let expect.');
INSERT INTO "predictions" VALUES('6a607368baa02f97',9,'P0002','protime',1022.7,10.6873,10.2996,11.0896,9.9619,11.4656,9.7656,11.696,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('6a607368baa02f97',10,'P0002','platelet',1022.7,186.3925,157.0478,215.7372,130.5767,242.2083,114.7724,258.0126,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('6a607368baa02f97',11,'P0002','alk_phos',1022.7,921.1371,759.9895,1116.4542,638.9533,1327.9428,576.0884,1472.853,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('6a607368baa02f97',12,'P0002','ast',1022.7,157.0084,130.5198,188.8729,110.481,223.1302,100.0159,246.4774,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('6a607368baa02f97',13,'P0002','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.521,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('6a607368baa02f97',14,'P0003','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',15,'P0003','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',16,'P0003','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',17,'P0003','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',18,'P0003','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',19,'P0003','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',20,'P0003','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.447,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',21,'P0004','bili',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',22,'P0004','albumin',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',23,'P0004','protime',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',24,'P0004','platelet',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',25,'P0004','alk_phos',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',26,'P0004','ast',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',27,'P0004','edema',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.214,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',28,'P0005','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',29,'P0005','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',30,'P0005','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',31,'P0005','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',32,'P0005','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',33,'P0005','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',34,'P0005','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.194,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',35,'P0006','bili',365.25,1.7799,1.2581,2.5181,0.92,3.4435,0.7632,4.1511,NULL,1.6,0.3442,7.4377,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',36,'P0006','albumin',365.25,3.775,3.5855,3.9645,3.4146,4.1354,3.3126,4.2374,NULL,3.4,2.72,4.08,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',37,'P0006','protime',365.25,10.0327,9.588,10.4981,9.2038,10.9364,8.9818,11.2067,NULL,10.8,9.1174,12.7931,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',38,'P0006','platelet',365.25,265.465,227.0396,303.8904,192.3769,338.5531,171.682,359.248,NULL,235.0,81.8382,388.1618,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',39,'P0006','alk_phos',365.25,1440.6794,1121.4489,1850.7816,894.6321,2320.0118,781.725,2655.0988,NULL,1100.0,407.1717,2971.7194,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',40,'P0006','ast',365.25,78.0641,62.23,97.9271,50.7211,120.1473,44.8916,135.7494,NULL,110.0,47.1656,256.5429,NULL,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('6a607368baa02f97',41,'P0006','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.476,NULL,NULL,NULL,0.214,'blend',1,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',0,'P0001','bili',2.33760000000000036377e+03,1.7995,1.4959,2.1647,1.2663,2.5574,1.1463,2.825,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',1,'P0001','albumin',2.33760000000000036377e+03,3.435,3.2838,3.5862,3.1474,3.7226,3.066,3.804,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',2,'P0001','protime',2.33760000000000036377e+03,12.471,12.0476,12.9094,11.678,13.3179,11.4628,13.568,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',3,'P0001','platelet',2.33760000000000036377e+03,180.26,153.6657,206.8543,129.6755,230.8445,115.3525,245.1675,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',4,'P0001','alk_phos',2.33760000000000036377e+03,483.914,406.3244,576.3197,347.064,674.725,315.8888,741.3139,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',5,'P0001','ast',2.33760000000000036377e+03,177.5266,149.3672,210.9947,127.8181,246.5668,116.4648,270.6027,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',6,'P0001','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.404,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',7,'P0002','bili',1022.7,0.9245,0.737,1.1597,0.6007,1.4229,0.5316,1.6076,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('31f981939a75bf86',8,'P0002','albumin',1022.7,3.2425,3.0829,3.4021,2.939,3.546,2.853,3.632,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training. The newest value is much lower than the earlier ones let expect.');
INSERT INTO "predictions" VALUES('31f981939a75bf86',9,'P0002','protime',1022.7,10.7399,10.3503,11.1443,10.0109,11.522,9.8137,11.7537,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('31f981939a75bf86',10,'P0002','platelet',1022.7,195.1,165.7553,224.4447,139.2842,250.9158,123.4799,266.7201,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('31f981939a75bf86',11,'P0002','alk_phos',1022.7,658.4116,543.2263,798.0206,456.7119,949.1888,411.7772,1052.7679,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('31f981939a75bf86',12,'P0002','ast',1022.7,163.2095,135.6747,196.3324,114.8445,231.9427,103.966,256.2121,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('31f981939a75bf86',13,'P0002','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.154,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','Age lies above that of every patient of training.');
INSERT INTO "predictions" VALUES('31f981939a75bf86',14,'P0003','bili',365.25,1.6,0.8525,3.0029,0.4831,5.2989,0.3442,7.4377,NULL,1.6,0.3442,7.4377,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',15,'P0003','albumin',365.25,3.4,3.1214,3.6786,2.87,3.93,2.72,4.08,NULL,3.4,2.72,4.08,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',16,'P0003','protime',365.25,10.8,10.076,11.5761,9.4646,12.3238,9.1174,12.7931,NULL,10.8,9.1174,12.7931,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',17,'P0003','platelet',365.25,235.0,172.2456,297.7544,115.6362,354.3638,81.8382,388.1618,NULL,235.0,81.8382,388.1618,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',18,'P0003','alk_phos',365.25,1100.0,732.0632,1652.8628,507.0158,2386.5133,407.1717,2971.7194,NULL,1100.0,407.1717,2971.7194,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',19,'P0003','ast',365.25,110.0,77.7515,155.624,56.8565,212.8165,47.1656,256.5429,NULL,110.0,47.1656,256.5429,NULL,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',20,'P0003','edema',365.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.042,NULL,NULL,NULL,0.214,'blend',0,NULL,'cohort','Never measured in this patient so far: this is the cohort''s prediction.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',21,'P0004','bili',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',22,'P0004','albumin',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',23,'P0004','protime',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',24,'P0004','platelet',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',25,'P0004','alk_phos',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',26,'P0004','ast',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',27,'P0004','edema',1680.15,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.214,'blend',5,365.25,'withheld','Last measured more than 1100 days before the predicted visit.','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',28,'P0005','bili',1022.7,2.7161,2.1651,3.4071,1.7647,4.1802,1.5619,4.7231,NULL,1.6,0.3442,7.4377,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',29,'P0005','albumin',1022.7,3.2425,3.0829,3.4021,2.939,3.546,2.853,3.632,NULL,3.4,2.72,4.08,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',30,'P0005','protime',1022.7,9.7165,9.3639,10.0822,9.0569,10.424,8.8785,10.6336,NULL,10.8,9.1174,12.7931,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',31,'P0005','platelet',1022.7,231.4,202.0553,260.7447,175.5842,287.2158,159.7799,303.0201,NULL,235.0,81.8382,388.1618,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',32,'P0005','alk_phos',1022.7,1203.9581,993.3327,1459.2444,835.1342,1735.6674,752.9675,1925.0701,NULL,1100.0,407.1717,2971.7194,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',33,'P0005','ast',1022.7,72.4192,60.2015,87.1165,50.9587,102.9174,46.1317,113.6862,NULL,110.0,47.1656,256.5429,NULL,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',34,'P0005','edema',1022.7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.474,NULL,NULL,NULL,0.214,'blend',3,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',35,'P0006','bili',2.33760000000000036377e+03,1.6087,1.3373,1.9352,1.132,2.2862,1.0248,2.5255,NULL,1.6,0.3442,7.4377,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',36,'P0006','albumin',2.33760000000000036377e+03,3.715,3.5638,3.8662,3.4274,4.0026,3.346,4.084,NULL,3.4,2.72,4.08,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',37,'P0006','protime',2.33760000000000036377e+03,9.8666,9.5316,10.2134,9.2392,10.5366,9.0689,10.7345,NULL,10.8,9.1174,12.7931,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',38,'P0006','platelet',2.33760000000000036377e+03,225.165,198.5707,251.7593,174.5805,275.7495,160.2575,290.0725,NULL,235.0,81.8382,388.1618,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',39,'P0006','alk_phos',2.33760000000000036377e+03,828.5438,695.6971,986.7581,594.2331,1155.245,540.8558,1269.2566,NULL,1100.0,407.1717,2971.7194,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',40,'P0006','ast',2.33760000000000036377e+03,40.3156,33.9207,47.916,29.027,55.9943,26.4487,61.4528,NULL,110.0,47.1656,256.5429,NULL,'blend',7,365.25,'personalised','','');
INSERT INTO "predictions" VALUES('31f981939a75bf86',41,'P0006','edema',2.33760000000000036377e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.507,NULL,NULL,NULL,0.214,'blend',7,365.25,'personalised','','');
CREATE TABLE records (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT, 
	time_days DOUBLE, 
	outcome TEXT, 
	value DOUBLE, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "records" VALUES('6a607368baa02f97',0,'P0001',0.0,'bili',2.55);
INSERT INTO "records" VALUES('6a607368baa02f97',1,'P0001',328.725,'bili',2.26);
INSERT INTO "records" VALUES('6a607368baa02f97',2,'P0001',657.45,'bili',2.58);
INSERT INTO "records" VALUES('6a607368baa02f97',3,'P0001',9.86175000000000068212e+02,'bili',2.76);
INSERT INTO "records" VALUES('6a607368baa02f97',4,'P0001',1314.9,'bili',2.58);
INSERT INTO "records" VALUES('6a607368baa02f97',5,'P0001',1643.625,'bili',3.82);
INSERT INTO "records" VALUES('6a607368baa02f97',6,'P0001',1.97235000000000013642e+03,'bili',3.56);
INSERT INTO "records" VALUES('6a607368baa02f97',7,'P0001',0.0,'albumin',2.41);
INSERT INTO "records" VALUES('6a607368baa02f97',8,'P0001',328.725,'albumin',2.3);
INSERT INTO "records" VALUES('6a607368baa02f97',9,'P0001',657.45,'albumin',2.37);
INSERT INTO "records" VALUES('6a607368baa02f97',10,'P0001',9.86175000000000068212e+02,'albumin',2.31);
INSERT INTO "records" VALUES('6a607368baa02f97',11,'P0001',1314.9,'albumin',2.67);
INSERT INTO "records" VALUES('6a607368baa02f97',12,'P0001',1643.625,'albumin',1.89);
INSERT INTO "records" VALUES('6a607368baa02f97',13,'P0001',1.97235000000000013642e+03,'albumin',1.99);
INSERT INTO "records" VALUES('6a607368baa02f97',14,'P0001',0.0,'protime',13.42);
INSERT INTO "records" VALUES('6a607368baa02f97',15,'P0001',328.725,'protime',12.71);
INSERT INTO "records" VALUES('6a607368baa02f97',16,'P0001',657.45,'protime',12.07);
INSERT INTO "records" VALUES('6a607368baa02f97',17,'P0001',9.86175000000000068212e+02,'protime',13.28);
INSERT INTO "records" VALUES('6a607368baa02f97',18,'P0001',1314.9,'protime',13.31);
INSERT INTO "records" VALUES('6a607368baa02f97',19,'P0001',1643.625,'protime',12.51);
INSERT INTO "records" VALUES('6a607368baa02f97',20,'P0001',1.97235000000000013642e+03,'protime',12.91);
INSERT INTO "records" VALUES('6a607368baa02f97',21,'P0001',0.0,'platelet',225.14);
INSERT INTO "records" VALUES('6a607368baa02f97',22,'P0001',328.725,'platelet',227.12);
INSERT INTO "records" VALUES('6a607368baa02f97',23,'P0001',657.45,'platelet',219.46);
INSERT INTO "records" VALUES('6a607368baa02f97',24,'P0001',9.86175000000000068212e+02,'platelet',193.48);
INSERT INTO "records" VALUES('6a607368baa02f97',25,'P0001',1314.9,'platelet',229.9);
INSERT INTO "records" VALUES('6a607368baa02f97',26,'P0001',1643.625,'platelet',235.82);
INSERT INTO "records" VALUES('6a607368baa02f97',27,'P0001',1.97235000000000013642e+03,'platelet',208.76);
INSERT INTO "records" VALUES('6a607368baa02f97',28,'P0001',0.0,'alk_phos',618.74);
INSERT INTO "records" VALUES('6a607368baa02f97',29,'P0001',328.725,'alk_phos',898.09);
INSERT INTO "records" VALUES('6a607368baa02f97',30,'P0001',657.45,'alk_phos',566.78);
INSERT INTO "records" VALUES('6a607368baa02f97',31,'P0001',9.86175000000000068212e+02,'alk_phos',957.16);
INSERT INTO "records" VALUES('6a607368baa02f97',32,'P0001',1314.9,'alk_phos',778.81);
INSERT INTO "records" VALUES('6a607368baa02f97',33,'P0001',1643.625,'alk_phos',588.77);
INSERT INTO "records" VALUES('6a607368baa02f97',34,'P0001',1.97235000000000013642e+03,'alk_phos',764.47);
INSERT INTO "records" VALUES('6a607368baa02f97',35,'P0001',0.0,'ast',88.17);
INSERT INTO "records" VALUES('6a607368baa02f97',36,'P0001',328.725,'ast',86.33);
INSERT INTO "records" VALUES('6a607368baa02f97',37,'P0001',657.45,'ast',120.93);
INSERT INTO "records" VALUES('6a607368baa02f97',38,'P0001',9.86175000000000068212e+02,'ast',103.42);
INSERT INTO "records" VALUES('6a607368baa02f97',39,'P0001',1314.9,'ast',124.54);
INSERT INTO "records" VALUES('6a607368baa02f97',40,'P0001',1643.625,'ast',143.43);
INSERT INTO "records" VALUES('6a607368baa02f97',41,'P0001',1.97235000000000013642e+03,'ast',79.36);
INSERT INTO "records" VALUES('6a607368baa02f97',42,'P0001',0.0,'edema',1.0);
INSERT INTO "records" VALUES('6a607368baa02f97',43,'P0001',328.725,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',44,'P0001',657.45,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',45,'P0001',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',46,'P0001',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',47,'P0001',1643.625,'edema',1.0);
INSERT INTO "records" VALUES('6a607368baa02f97',48,'P0001',1.97235000000000013642e+03,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',49,'P0002',0.0,'bili',1.14);
INSERT INTO "records" VALUES('6a607368baa02f97',50,'P0002',328.725,'bili',0.99);
INSERT INTO "records" VALUES('6a607368baa02f97',51,'P0002',657.45,'bili',1.27);
INSERT INTO "records" VALUES('6a607368baa02f97',52,'P0002',0.0,'albumin',3.2);
INSERT INTO "records" VALUES('6a607368baa02f97',53,'P0002',328.725,'albumin',3.61);
INSERT INTO "records" VALUES('6a607368baa02f97',54,'P0002',657.45,'albumin',3.51);
INSERT INTO "records" VALUES('6a607368baa02f97',55,'P0002',0.0,'protime',10.42);
INSERT INTO "records" VALUES('6a607368baa02f97',56,'P0002',328.725,'protime',10.44);
INSERT INTO "records" VALUES('6a607368baa02f97',57,'P0002',657.45,'protime',10.65);
INSERT INTO "records" VALUES('6a607368baa02f97',58,'P0002',0.0,'platelet',246.97);
INSERT INTO "records" VALUES('6a607368baa02f97',59,'P0002',328.725,'platelet',296.38);
INSERT INTO "records" VALUES('6a607368baa02f97',60,'P0002',657.45,'platelet',170.19);
INSERT INTO "records" VALUES('6a607368baa02f97',61,'P0002',0.0,'alk_phos',713.7);
INSERT INTO "records" VALUES('6a607368baa02f97',62,'P0002',328.725,'alk_phos',1109.04);
INSERT INTO "records" VALUES('6a607368baa02f97',63,'P0002',657.45,'alk_phos',868.23);
INSERT INTO "records" VALUES('6a607368baa02f97',64,'P0002',0.0,'ast',191.69);
INSERT INTO "records" VALUES('6a607368baa02f97',65,'P0002',328.725,'ast',218.89);
INSERT INTO "records" VALUES('6a607368baa02f97',66,'P0002',657.45,'ast',176.78);
INSERT INTO "records" VALUES('6a607368baa02f97',67,'P0002',0.0,'edema',1.0);
INSERT INTO "records" VALUES('6a607368baa02f97',68,'P0002',328.725,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',69,'P0002',657.45,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',70,'P0004',0.0,'bili',0.47);
INSERT INTO "records" VALUES('6a607368baa02f97',71,'P0004',328.725,'bili',0.7);
INSERT INTO "records" VALUES('6a607368baa02f97',72,'P0004',657.45,'bili',0.26);
INSERT INTO "records" VALUES('6a607368baa02f97',73,'P0004',9.86175000000000068212e+02,'bili',0.22);
INSERT INTO "records" VALUES('6a607368baa02f97',74,'P0004',1314.9,'bili',0.32);
INSERT INTO "records" VALUES('6a607368baa02f97',75,'P0004',0.0,'albumin',3.03);
INSERT INTO "records" VALUES('6a607368baa02f97',76,'P0004',328.725,'albumin',3.21);
INSERT INTO "records" VALUES('6a607368baa02f97',77,'P0004',657.45,'albumin',2.98);
INSERT INTO "records" VALUES('6a607368baa02f97',78,'P0004',9.86175000000000068212e+02,'albumin',3.12);
INSERT INTO "records" VALUES('6a607368baa02f97',79,'P0004',1314.9,'albumin',3.0);
INSERT INTO "records" VALUES('6a607368baa02f97',80,'P0004',0.0,'protime',9.54);
INSERT INTO "records" VALUES('6a607368baa02f97',81,'P0004',328.725,'protime',9.99);
INSERT INTO "records" VALUES('6a607368baa02f97',82,'P0004',657.45,'protime',9.42);
INSERT INTO "records" VALUES('6a607368baa02f97',83,'P0004',9.86175000000000068212e+02,'protime',9.41);
INSERT INTO "records" VALUES('6a607368baa02f97',84,'P0004',1314.9,'protime',10.66);
INSERT INTO "records" VALUES('6a607368baa02f97',85,'P0004',0.0,'platelet',249.92);
INSERT INTO "records" VALUES('6a607368baa02f97',86,'P0004',328.725,'platelet',214.18);
INSERT INTO "records" VALUES('6a607368baa02f97',87,'P0004',657.45,'platelet',221.18);
INSERT INTO "records" VALUES('6a607368baa02f97',88,'P0004',9.86175000000000068212e+02,'platelet',245.71);
INSERT INTO "records" VALUES('6a607368baa02f97',89,'P0004',1314.9,'platelet',239.98);
INSERT INTO "records" VALUES('6a607368baa02f97',90,'P0004',0.0,'alk_phos',501.62);
INSERT INTO "records" VALUES('6a607368baa02f97',91,'P0004',328.725,'alk_phos',460.67);
INSERT INTO "records" VALUES('6a607368baa02f97',92,'P0004',657.45,'alk_phos',494.15);
INSERT INTO "records" VALUES('6a607368baa02f97',93,'P0004',9.86175000000000068212e+02,'alk_phos',579.15);
INSERT INTO "records" VALUES('6a607368baa02f97',94,'P0004',1314.9,'alk_phos',989.58);
INSERT INTO "records" VALUES('6a607368baa02f97',95,'P0004',0.0,'ast',37.98);
INSERT INTO "records" VALUES('6a607368baa02f97',96,'P0004',328.725,'ast',65.18);
INSERT INTO "records" VALUES('6a607368baa02f97',97,'P0004',657.45,'ast',82.14);
INSERT INTO "records" VALUES('6a607368baa02f97',98,'P0004',9.86175000000000068212e+02,'ast',62.2);
INSERT INTO "records" VALUES('6a607368baa02f97',99,'P0004',1314.9,'ast',56.72);
INSERT INTO "records" VALUES('6a607368baa02f97',100,'P0004',0.0,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',101,'P0004',328.725,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',102,'P0004',657.45,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',103,'P0004',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',104,'P0004',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('6a607368baa02f97',105,'P0006',0.0,'bili',1.98);
INSERT INTO "records" VALUES('6a607368baa02f97',106,'P0006',0.0,'albumin',4.15);
INSERT INTO "records" VALUES('6a607368baa02f97',107,'P0006',0.0,'protime',9.32);
INSERT INTO "records" VALUES('6a607368baa02f97',108,'P0006',0.0,'platelet',295.93);
INSERT INTO "records" VALUES('6a607368baa02f97',109,'P0006',0.0,'alk_phos',1886.87);
INSERT INTO "records" VALUES('6a607368baa02f97',110,'P0006',0.0,'ast',55.4);
INSERT INTO "records" VALUES('6a607368baa02f97',111,'P0006',0.0,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',0,'P0001',0.0,'bili',1.26);
INSERT INTO "records" VALUES('31f981939a75bf86',1,'P0001',328.725,'bili',1.54);
INSERT INTO "records" VALUES('31f981939a75bf86',2,'P0001',657.45,'bili',1.22);
INSERT INTO "records" VALUES('31f981939a75bf86',3,'P0001',9.86175000000000068212e+02,'bili',1.92);
INSERT INTO "records" VALUES('31f981939a75bf86',4,'P0001',1314.9,'bili',1.66);
INSERT INTO "records" VALUES('31f981939a75bf86',5,'P0001',1643.625,'bili',1.76);
INSERT INTO "records" VALUES('31f981939a75bf86',6,'P0001',1.97235000000000013642e+03,'bili',1.83);
INSERT INTO "records" VALUES('31f981939a75bf86',7,'P0001',0.0,'albumin',3.5);
INSERT INTO "records" VALUES('31f981939a75bf86',8,'P0001',328.725,'albumin',2.71);
INSERT INTO "records" VALUES('31f981939a75bf86',9,'P0001',657.45,'albumin',2.72);
INSERT INTO "records" VALUES('31f981939a75bf86',10,'P0001',9.86175000000000068212e+02,'albumin',2.79);
INSERT INTO "records" VALUES('31f981939a75bf86',11,'P0001',1314.9,'albumin',3.33);
INSERT INTO "records" VALUES('31f981939a75bf86',12,'P0001',1643.625,'albumin',3.2);
INSERT INTO "records" VALUES('31f981939a75bf86',13,'P0001',1.97235000000000013642e+03,'albumin',3.44);
INSERT INTO "records" VALUES('31f981939a75bf86',14,'P0001',0.0,'protime',11.69);
INSERT INTO "records" VALUES('31f981939a75bf86',15,'P0001',328.725,'protime',11.45);
INSERT INTO "records" VALUES('31f981939a75bf86',16,'P0001',657.45,'protime',12.08);
INSERT INTO "records" VALUES('31f981939a75bf86',17,'P0001',9.86175000000000068212e+02,'protime',10.94);
INSERT INTO "records" VALUES('31f981939a75bf86',18,'P0001',1314.9,'protime',11.36);
INSERT INTO "records" VALUES('31f981939a75bf86',19,'P0001',1643.625,'protime',11.76);
INSERT INTO "records" VALUES('31f981939a75bf86',20,'P0001',1.97235000000000013642e+03,'protime',12.73);
INSERT INTO "records" VALUES('31f981939a75bf86',21,'P0001',0.0,'platelet',148.62);
INSERT INTO "records" VALUES('31f981939a75bf86',22,'P0001',328.725,'platelet',200.7);
INSERT INTO "records" VALUES('31f981939a75bf86',23,'P0001',657.45,'platelet',148.79);
INSERT INTO "records" VALUES('31f981939a75bf86',24,'P0001',9.86175000000000068212e+02,'platelet',201.89);
INSERT INTO "records" VALUES('31f981939a75bf86',25,'P0001',1314.9,'platelet',74.26);
INSERT INTO "records" VALUES('31f981939a75bf86',26,'P0001',1643.625,'platelet',182.15);
INSERT INTO "records" VALUES('31f981939a75bf86',27,'P0001',1.97235000000000013642e+03,'platelet',172.44);
INSERT INTO "records" VALUES('31f981939a75bf86',28,'P0001',0.0,'alk_phos',683.17);
INSERT INTO "records" VALUES('31f981939a75bf86',29,'P0001',328.725,'alk_phos',518.29);
INSERT INTO "records" VALUES('31f981939a75bf86',30,'P0001',657.45,'alk_phos',654.74);
INSERT INTO "records" VALUES('31f981939a75bf86',31,'P0001',9.86175000000000068212e+02,'alk_phos',928.71);
INSERT INTO "records" VALUES('31f981939a75bf86',32,'P0001',1314.9,'alk_phos',552.43);
INSERT INTO "records" VALUES('31f981939a75bf86',33,'P0001',1643.625,'alk_phos',483.72);
INSERT INTO "records" VALUES('31f981939a75bf86',34,'P0001',1.97235000000000013642e+03,'alk_phos',430.35);
INSERT INTO "records" VALUES('31f981939a75bf86',35,'P0001',0.0,'ast',140.81);
INSERT INTO "records" VALUES('31f981939a75bf86',36,'P0001',328.725,'ast',142.37);
INSERT INTO "records" VALUES('31f981939a75bf86',37,'P0001',657.45,'ast',170.69);
INSERT INTO "records" VALUES('31f981939a75bf86',38,'P0001',9.86175000000000068212e+02,'ast',110.32);
INSERT INTO "records" VALUES('31f981939a75bf86',39,'P0001',1314.9,'ast',97.53);
INSERT INTO "records" VALUES('31f981939a75bf86',40,'P0001',1643.625,'ast',77.23);
INSERT INTO "records" VALUES('31f981939a75bf86',41,'P0001',1.97235000000000013642e+03,'ast',190.09);
INSERT INTO "records" VALUES('31f981939a75bf86',42,'P0001',0.0,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',43,'P0001',328.725,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',44,'P0001',657.45,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',45,'P0001',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',46,'P0001',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',47,'P0001',1643.625,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',48,'P0001',1.97235000000000013642e+03,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',49,'P0002',0.0,'bili',0.79);
INSERT INTO "records" VALUES('31f981939a75bf86',50,'P0002',328.725,'bili',0.86);
INSERT INTO "records" VALUES('31f981939a75bf86',51,'P0002',657.45,'bili',0.77);
INSERT INTO "records" VALUES('31f981939a75bf86',52,'P0002',0.0,'albumin',3.14);
INSERT INTO "records" VALUES('31f981939a75bf86',53,'P0002',328.725,'albumin',3.02);
INSERT INTO "records" VALUES('31f981939a75bf86',54,'P0002',657.45,'albumin',3.19);
INSERT INTO "records" VALUES('31f981939a75bf86',55,'P0002',0.0,'protime',10.53);
INSERT INTO "records" VALUES('31f981939a75bf86',56,'P0002',328.725,'protime',9.56);
INSERT INTO "records" VALUES('31f981939a75bf86',57,'P0002',657.45,'protime',10.72);
INSERT INTO "records" VALUES('31f981939a75bf86',58,'P0002',0.0,'platelet',146.47);
INSERT INTO "records" VALUES('31f981939a75bf86',59,'P0002',328.725,'platelet',170.68);
INSERT INTO "records" VALUES('31f981939a75bf86',60,'P0002',657.45,'platelet',181.8);
INSERT INTO "records" VALUES('31f981939a75bf86',61,'P0002',0.0,'alk_phos',731.08);
INSERT INTO "records" VALUES('31f981939a75bf86',62,'P0002',328.725,'alk_phos',687.0);
INSERT INTO "records" VALUES('31f981939a75bf86',63,'P0002',657.45,'alk_phos',554.88);
INSERT INTO "records" VALUES('31f981939a75bf86',64,'P0002',0.0,'ast',122.64);
INSERT INTO "records" VALUES('31f981939a75bf86',65,'P0002',328.725,'ast',116.62);
INSERT INTO "records" VALUES('31f981939a75bf86',66,'P0002',657.45,'ast',186.15);
INSERT INTO "records" VALUES('31f981939a75bf86',67,'P0002',0.0,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',68,'P0002',328.725,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',69,'P0002',657.45,'edema',1.0);
INSERT INTO "records" VALUES('31f981939a75bf86',70,'P0004',0.0,'bili',1.84);
INSERT INTO "records" VALUES('31f981939a75bf86',71,'P0004',328.725,'bili',1.87);
INSERT INTO "records" VALUES('31f981939a75bf86',72,'P0004',657.45,'bili',1.29);
INSERT INTO "records" VALUES('31f981939a75bf86',73,'P0004',9.86175000000000068212e+02,'bili',1.32);
INSERT INTO "records" VALUES('31f981939a75bf86',74,'P0004',1314.9,'bili',1.31);
INSERT INTO "records" VALUES('31f981939a75bf86',75,'P0004',0.0,'albumin',2.91);
INSERT INTO "records" VALUES('31f981939a75bf86',76,'P0004',328.725,'albumin',3.06);
INSERT INTO "records" VALUES('31f981939a75bf86',77,'P0004',657.45,'albumin',3.18);
INSERT INTO "records" VALUES('31f981939a75bf86',78,'P0004',9.86175000000000068212e+02,'albumin',2.69);
INSERT INTO "records" VALUES('31f981939a75bf86',79,'P0004',1314.9,'albumin',2.97);
INSERT INTO "records" VALUES('31f981939a75bf86',80,'P0004',0.0,'protime',10.35);
INSERT INTO "records" VALUES('31f981939a75bf86',81,'P0004',328.725,'protime',10.81);
INSERT INTO "records" VALUES('31f981939a75bf86',82,'P0004',657.45,'protime',10.22);
INSERT INTO "records" VALUES('31f981939a75bf86',83,'P0004',9.86175000000000068212e+02,'protime',10.44);
INSERT INTO "records" VALUES('31f981939a75bf86',84,'P0004',1314.9,'protime',11.15);
INSERT INTO "records" VALUES('31f981939a75bf86',85,'P0004',0.0,'platelet',143.01);
INSERT INTO "records" VALUES('31f981939a75bf86',86,'P0004',328.725,'platelet',229.53);
INSERT INTO "records" VALUES('31f981939a75bf86',87,'P0004',657.45,'platelet',172.2);
INSERT INTO "records" VALUES('31f981939a75bf86',88,'P0004',9.86175000000000068212e+02,'platelet',273.85);
INSERT INTO "records" VALUES('31f981939a75bf86',89,'P0004',1314.9,'platelet',199.45);
INSERT INTO "records" VALUES('31f981939a75bf86',90,'P0004',0.0,'alk_phos',2239.03);
INSERT INTO "records" VALUES('31f981939a75bf86',91,'P0004',328.725,'alk_phos',1528.81);
INSERT INTO "records" VALUES('31f981939a75bf86',92,'P0004',657.45,'alk_phos',1603.93);
INSERT INTO "records" VALUES('31f981939a75bf86',93,'P0004',9.86175000000000068212e+02,'alk_phos',1729.82);
INSERT INTO "records" VALUES('31f981939a75bf86',94,'P0004',1314.9,'alk_phos',1507.25);
INSERT INTO "records" VALUES('31f981939a75bf86',95,'P0004',0.0,'ast',145.85);
INSERT INTO "records" VALUES('31f981939a75bf86',96,'P0004',328.725,'ast',124.66);
INSERT INTO "records" VALUES('31f981939a75bf86',97,'P0004',657.45,'ast',93.19);
INSERT INTO "records" VALUES('31f981939a75bf86',98,'P0004',9.86175000000000068212e+02,'ast',110.21);
INSERT INTO "records" VALUES('31f981939a75bf86',99,'P0004',1314.9,'ast',131.97);
INSERT INTO "records" VALUES('31f981939a75bf86',100,'P0004',0.0,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',101,'P0004',328.725,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',102,'P0004',657.45,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',103,'P0004',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',104,'P0004',1314.9,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',105,'P0005',0.0,'bili',2.27);
INSERT INTO "records" VALUES('31f981939a75bf86',106,'P0005',328.725,'bili',3.18);
INSERT INTO "records" VALUES('31f981939a75bf86',107,'P0005',657.45,'bili',3.24);
INSERT INTO "records" VALUES('31f981939a75bf86',108,'P0005',0.0,'albumin',3.2);
INSERT INTO "records" VALUES('31f981939a75bf86',109,'P0005',328.725,'albumin',2.69);
INSERT INTO "records" VALUES('31f981939a75bf86',110,'P0005',657.45,'albumin',3.19);
INSERT INTO "records" VALUES('31f981939a75bf86',111,'P0005',0.0,'protime',10.03);
INSERT INTO "records" VALUES('31f981939a75bf86',112,'P0005',328.725,'protime',9.2);
INSERT INTO "records" VALUES('31f981939a75bf86',113,'P0005',657.45,'protime',9.38);
INSERT INTO "records" VALUES('31f981939a75bf86',114,'P0005',0.0,'platelet',301.62);
INSERT INTO "records" VALUES('31f981939a75bf86',115,'P0005',328.725,'platelet',270.45);
INSERT INTO "records" VALUES('31f981939a75bf86',116,'P0005',657.45,'platelet',230.2);
INSERT INTO "records" VALUES('31f981939a75bf86',117,'P0005',0.0,'alk_phos',1632.88);
INSERT INTO "records" VALUES('31f981939a75bf86',118,'P0005',328.725,'alk_phos',1738.93);
INSERT INTO "records" VALUES('31f981939a75bf86',119,'P0005',657.45,'alk_phos',1240.75);
INSERT INTO "records" VALUES('31f981939a75bf86',120,'P0005',0.0,'ast',130.39);
INSERT INTO "records" VALUES('31f981939a75bf86',121,'P0005',328.725,'ast',85.91);
INSERT INTO "records" VALUES('31f981939a75bf86',122,'P0005',657.45,'ast',63.0);
INSERT INTO "records" VALUES('31f981939a75bf86',123,'P0005',0.0,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',124,'P0005',328.725,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',125,'P0005',657.45,'edema',1.0);
INSERT INTO "records" VALUES('31f981939a75bf86',126,'P0006',0.0,'bili',0.77);
INSERT INTO "records" VALUES('31f981939a75bf86',127,'P0006',328.725,'bili',1.37);
INSERT INTO "records" VALUES('31f981939a75bf86',128,'P0006',657.45,'bili',1.1);
INSERT INTO "records" VALUES('31f981939a75bf86',129,'P0006',9.86175000000000068212e+02,'bili',0.68);
INSERT INTO "records" VALUES('31f981939a75bf86',130,'P0006',1314.9,'bili',0.67);
INSERT INTO "records" VALUES('31f981939a75bf86',131,'P0006',1643.625,'bili',1.04);
INSERT INTO "records" VALUES('31f981939a75bf86',132,'P0006',1.97235000000000013642e+03,'bili',1.61);
INSERT INTO "records" VALUES('31f981939a75bf86',133,'P0006',0.0,'albumin',3.39);
INSERT INTO "records" VALUES('31f981939a75bf86',134,'P0006',328.725,'albumin',3.61);
INSERT INTO "records" VALUES('31f981939a75bf86',135,'P0006',657.45,'albumin',3.53);
INSERT INTO "records" VALUES('31f981939a75bf86',136,'P0006',9.86175000000000068212e+02,'albumin',3.51);
INSERT INTO "records" VALUES('31f981939a75bf86',137,'P0006',1314.9,'albumin',3.24);
INSERT INTO "records" VALUES('31f981939a75bf86',138,'P0006',1643.625,'albumin',3.72);
INSERT INTO "records" VALUES('31f981939a75bf86',139,'P0006',1.97235000000000013642e+03,'albumin',3.76);
INSERT INTO "records" VALUES('31f981939a75bf86',140,'P0006',0.0,'protime',9.96);
INSERT INTO "records" VALUES('31f981939a75bf86',141,'P0006',328.725,'protime',9.54);
INSERT INTO "records" VALUES('31f981939a75bf86',142,'P0006',657.45,'protime',9.04);
INSERT INTO "records" VALUES('31f981939a75bf86',143,'P0006',9.86175000000000068212e+02,'protime',10.45);
INSERT INTO "records" VALUES('31f981939a75bf86',144,'P0006',1314.9,'protime',10.58);
INSERT INTO "records" VALUES('31f981939a75bf86',145,'P0006',1643.625,'protime',10.16);
INSERT INTO "records" VALUES('31f981939a75bf86',146,'P0006',1.97235000000000013642e+03,'protime',9.74);
INSERT INTO "records" VALUES('31f981939a75bf86',147,'P0006',0.0,'platelet',312.65);
INSERT INTO "records" VALUES('31f981939a75bf86',148,'P0006',328.725,'platelet',435.36);
INSERT INTO "records" VALUES('31f981939a75bf86',149,'P0006',657.45,'platelet',404.74);
INSERT INTO "records" VALUES('31f981939a75bf86',150,'P0006',9.86175000000000068212e+02,'platelet',356.76);
INSERT INTO "records" VALUES('31f981939a75bf86',151,'P0006',1314.9,'platelet',299.86);
INSERT INTO "records" VALUES('31f981939a75bf86',152,'P0006',1643.625,'platelet',338.49);
INSERT INTO "records" VALUES('31f981939a75bf86',153,'P0006',1.97235000000000013642e+03,'platelet',223.76);
INSERT INTO "records" VALUES('31f981939a75bf86',154,'P0006',0.0,'alk_phos',845.78);
INSERT INTO "records" VALUES('31f981939a75bf86',155,'P0006',328.725,'alk_phos',763.16);
INSERT INTO "records" VALUES('31f981939a75bf86',156,'P0006',657.45,'alk_phos',1256.34);
INSERT INTO "records" VALUES('31f981939a75bf86',157,'P0006',9.86175000000000068212e+02,'alk_phos',1094.99);
INSERT INTO "records" VALUES('31f981939a75bf86',158,'P0006',1314.9,'alk_phos',1083.14);
INSERT INTO "records" VALUES('31f981939a75bf86',159,'P0006',1643.625,'alk_phos',1248.61);
INSERT INTO "records" VALUES('31f981939a75bf86',160,'P0006',1.97235000000000013642e+03,'alk_phos',795.67);
INSERT INTO "records" VALUES('31f981939a75bf86',161,'P0006',0.0,'ast',58.01);
INSERT INTO "records" VALUES('31f981939a75bf86',162,'P0006',328.725,'ast',71.37);
INSERT INTO "records" VALUES('31f981939a75bf86',163,'P0006',657.45,'ast',53.19);
INSERT INTO "records" VALUES('31f981939a75bf86',164,'P0006',9.86175000000000068212e+02,'ast',60.64);
INSERT INTO "records" VALUES('31f981939a75bf86',165,'P0006',1314.9,'ast',35.97);
INSERT INTO "records" VALUES('31f981939a75bf86',166,'P0006',1643.625,'ast',40.21);
INSERT INTO "records" VALUES('31f981939a75bf86',167,'P0006',1.97235000000000013642e+03,'ast',34.93);
INSERT INTO "records" VALUES('31f981939a75bf86',168,'P0006',0.0,'edema',1.0);
INSERT INTO "records" VALUES('31f981939a75bf86',169,'P0006',328.725,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',170,'P0006',657.45,'edema',1.0);
INSERT INTO "records" VALUES('31f981939a75bf86',171,'P0006',9.86175000000000068212e+02,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',172,'P0006',1314.9,'edema',1.0);
INSERT INTO "records" VALUES('31f981939a75bf86',173,'P0006',1643.625,'edema',0.0);
INSERT INTO "records" VALUES('31f981939a75bf86',174,'P0006',1.97235000000000013642e+03,'edema',0.0);
CREATE TABLE releases (
	release_id VARCHAR(16) NOT NULL, 
	study TEXT NOT NULL, 
	manifest TEXT NOT NULL, 
	content_sha256 VARCHAR(64) NOT NULL, 
	staged_at TEXT NOT NULL, 
	PRIMARY KEY (release_id)
);
INSERT INTO "releases" VALUES('6a607368baa02f97','pbc','{"code_version": "0.1.0", "contract": "pbc", "contract_version": "1.0.0", "data_sha256": "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f", "patients_quarantined": 2, "report": ".meta_med/reports/pbc.html", "rows_accepted": 626, "rows_in": 640, "rows_quarantined": 14, "seed": 1, "title": "Primary biliary cholangitis: the next visit", "verdict": "quarantine"}','34f649178357e03c70306aa630f9bde17cc61158730234d355b259f1c45e4d0f','2026-11-20T03:00:00+00:00');
INSERT INTO "releases" VALUES('31f981939a75bf86','pbc','{"code_version": "0.1.0", "contract": "pbc", "contract_version": "1.0.0", "data_sha256": "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f", "patients_quarantined": 2, "report": ".meta_med/reports/pbc.html", "rows_accepted": 626, "rows_in": 640, "rows_quarantined": 14, "seed": 2, "title": "Primary biliary cholangitis: the next visit", "verdict": "quarantine"}','b84d7c0edcb70d723a55a8f3c9b67d63d7ae77d90e2da99a9c2846da0ac147b5','2026-11-21T03:00:00+00:00');
CREATE TABLE sentinels (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	sentinel TEXT, 
	claim TEXT, 
	verdict TEXT, 
	evidence TEXT, 
	value DOUBLE, 
	ci_low DOUBLE, 
	ci_high DOUBLE, 
	"limit" DOUBLE, 
	n_patients INTEGER, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "sentinels" VALUES('6a607368baa02f97',0,'shuffled_outcomes','Outcomes dealt at random cannot be predicted.','held','Skill -21.0 % (95 % interval -25.1 to -17.2 %).',-0.21,-0.251,-0.172,0.02,62);
INSERT INTO "sentinels" VALUES('6a607368baa02f97',1,'permuted_patient','A stranger''s records do not help.','held','6 % of the gain is left (95 % interval 0 to 19 %).',0.06,0.0,0.19,0.5,62);
INSERT INTO "sentinels" VALUES('6a607368baa02f97',2,'changed_future','What comes later changes nothing.','held','None of 180 predictions changed.',0.0,NULL,NULL,0.0,62);
INSERT INTO "sentinels" VALUES('31f981939a75bf86',0,'shuffled_outcomes','Outcomes dealt at random cannot be predicted.','held','Skill -21.0 % (95 % interval -25.1 to -17.2 %).',-0.21,-0.251,-0.172,0.02,62);
INSERT INTO "sentinels" VALUES('31f981939a75bf86',1,'permuted_patient','A stranger''s records do not help.','held','6 % of the gain is left (95 % interval 0 to 19 %).',0.06,0.0,0.19,0.5,62);
INSERT INTO "sentinels" VALUES('31f981939a75bf86',2,'changed_future','What comes later changes nothing.','held','None of 180 predictions changed.',0.0,NULL,NULL,0.0,62);
CREATE TABLE store (
	schema_version INTEGER NOT NULL, 
	PRIMARY KEY (schema_version)
);
INSERT INTO "store" VALUES(2);
CREATE TABLE subjects (
	release_id VARCHAR(16) NOT NULL, 
	row_number INTEGER NOT NULL, 
	subject_id TEXT, 
	cohort TEXT, 
	split TEXT, 
	n_records INTEGER, 
	newest_record_days DOUBLE, 
	status TEXT, 
	display TEXT, 
	PRIMARY KEY (release_id, row_number)
);
INSERT INTO "subjects" VALUES('6a607368baa02f97',0,'P0001','D-penicillamine, stage 3','train',7,1.97235000000000013642e+03,'personalised','{"age": "72.7 years", "sex": "female"}');
INSERT INTO "subjects" VALUES('6a607368baa02f97',1,'P0002','placebo, stage 3','train',3,657.45,'personalised','{"age": "44.0 years", "sex": "female"}');
INSERT INTO "subjects" VALUES('6a607368baa02f97',2,'P0003','placebo, stage 4','tuning',0,NULL,'cohort','{"age": "49.0 years", "sex": "male"}');
INSERT INTO "subjects" VALUES('6a607368baa02f97',3,'P0004','D-penicillamine, stage 3','calibration',5,1314.9,'withheld','{"age": "67.2 years", "sex": "male"}');
INSERT INTO "subjects" VALUES('6a607368baa02f97',4,'P0005','placebo, stage 1-2','held_out',0,NULL,'cohort','{"age": "48.4 years", "sex": "male"}');
INSERT INTO "subjects" VALUES('6a607368baa02f97',5,'P0006','placebo, stage 3','train',1,0.0,'personalised','{"age": "54.7 years", "sex": "male"}');
INSERT INTO "subjects" VALUES('31f981939a75bf86',0,'P0001','D-penicillamine, stage 3','train',7,1.97235000000000013642e+03,'personalised','{"age": "34.1 years", "sex": "female"}');
INSERT INTO "subjects" VALUES('31f981939a75bf86',1,'P0002','placebo, stage 4','train',3,657.45,'personalised','{"age": "57.0 years", "sex": "male"}');
INSERT INTO "subjects" VALUES('31f981939a75bf86',2,'P0003','D-penicillamine, stage 3','tuning',0,NULL,'cohort','{"age": "62.8 years", "sex": "female"}');
INSERT INTO "subjects" VALUES('31f981939a75bf86',3,'P0004','D-penicillamine, stage 3','calibration',5,1314.9,'withheld','{"age": "38.5 years", "sex": "male"}');
INSERT INTO "subjects" VALUES('31f981939a75bf86',4,'P0005','D-penicillamine, stage 4','held_out',3,657.45,'personalised','{"age": "32.5 years", "sex": "female"}');
INSERT INTO "subjects" VALUES('31f981939a75bf86',5,'P0006','placebo, stage 4','train',7,1.97235000000000013642e+03,'personalised','{"age": "42.4 years", "sex": "female"}');
CREATE INDEX subjects_by_id ON subjects (release_id, subject_id);
CREATE INDEX records_by_subject ON records (release_id, subject_id, outcome, time_days);
CREATE INDEX predictions_by_subject ON predictions (release_id, subject_id, outcome);
CREATE INDEX evaluation_by_metric ON evaluation (release_id, outcome, metric);
COMMIT;
